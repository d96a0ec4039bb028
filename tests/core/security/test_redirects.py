"""`next=` leads nowhere but home."""

import pytest

from app.core.security import safe_next


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/n/math/",
        "/n/math/c/3?x=1#reply-7",
        "/search?q=a%20b&x=http://a.org",
        "/n/math/?next=/.//x",
        "/n/a%20b/",
        "/n/a.b/..c",
    ],
)
def test_our_pages(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "n/math",
        "//evil.org",
        "///evil.org",
        "/\\evil.org",
        "\\\\evil.org",
        "/\t/evil.org",
        "\t//evil.org",
        " //evil.org",
        "/ /evil.org",
        "https://evil.org",
        "https:evil.org",
        "http:///evil.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil.org",
        "/\n/evil.org",
        "/x\r\nLocation: https://evil.org",
        "/\u2028/evil.org",
        "/\u00a0/evil.org",
        "https://localhost@evil.org/",
        "//xn--e1afmkfd.org",
        "/" + "a" * 3000,
        "/.//evil.org",
        "/..//evil.org",
        "/./evil.org",
        "/../evil.org",
        "/%2e//evil.org",
        "/%2E%2e//evil.org",
        "/%252e//evil.org",
        "/%2f/evil.org",
        "/%2fevil.org",
        "/%5cevil.org",
        "/%255cevil.org",
        "/n/x/..//../evil.org",
        "/n//evil.org",
        "/n/.",
        "/n/%09/evil.org",
        "/n/%0d%0aLocation: https://evil.org",
        "/n/x\\y",
        "/?next=\\evil.org",
        "/\x00/evil.org",
        "/n/\x7f",
        "?x=1",
        "#x",
        "./n/math/",
        "/;//evil.org",
    ],
)
def test_nowhere_else(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"
