"""`next=` leads nowhere but home."""

import pytest

from app.core.security import safe_next


@pytest.mark.parametrize(
    "target", ["/", "/n/math/", "/n/math/c/3?x=1#reply-7", "/search?q=a%20b&x=http://a.org"]
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
    ],
)
def test_nowhere_else(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"
