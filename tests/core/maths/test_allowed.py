"""What may leave as MathML: the list alone, whatever the TeX says and whatever the library makes of it."""

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import text
from app.core.maths import formula, mathml, shown
from app.core.maths.mathml import ATTRIBUTES, ELEMENTS, Unknown, node_of, written
from tests.core.text.data import xss_payloads

ATTACKS = [
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\class{menu}{x}",
    r"\style{position:fixed}{x}",
    r"\cssId{main}{x}",
    r"\color{red}{x}",
    r"\text{<script>alert(1)</script>}",
    r"\text{</math><img src=x onerror=alert(1)>}",
    r"\text{</annotation></semantics></math><svg onload=alert(1)>}",
    r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    r"\text{&#x3c;script&#x3e;}",
    r"\text{a&#10;b&#x202e;c}",
    r"\unicode{x3c}script\unicode{x3e}",
    r"\mbox{<b>}",
    r"\operatorname{<b>}",
    r"<script>alert(1)</script>",
    r"x\rule{900em}{900em}",
    r"\hspace{-900em}x",
    r"\phantom{hidden}",
    r'\text{" onmouseover="alert(1)}',
    r"\begin{array}{c'\"><script>}x\end{array}",
    r"\def\x{<script>}\x",
    r"\html{<script>}",
]


def parsed(html: str) -> Element:
    # what this file wrote itself
    return fromstring(html)  # noqa: S314


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in ELEMENTS:
            self.wrong.append(tag)
        for name, value in attributes:
            known = {"math": {"alttext", "display"}, "annotation": {"encoding"}}.get(
                tag, ATTRIBUTES.get(tag, {})
            )
            if name not in known or (isinstance(known, dict) and not known[name].fullmatch(value or "")):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def wrong_in(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [*reader.wrong, *reader.open]


@pytest.mark.parametrize("tex", ATTACKS)
def test_an_attack_is_text_or_nothing(tex: str) -> None:
    found = formula(tex)
    if found:
        assert wrong_in(found.html) == []
    stored = text.clean(f"<p>so ${tex}$ then</p><p>$${tex}$$</p>")
    page = str(shown(stored))
    outside = re.sub(r"<math.*?</math>", "x", page)
    assert text.clean(outside) == outside
    assert not re.search(r"<(script|img|svg|b)\b", page)


def test_the_public_payloads_stay_text_in_formulas_too() -> None:
    for payload in xss_payloads():
        for typed in (f"${payload}$", rf"$\text{{{payload}}}$", rf"$$\frac{{{payload}}}{{1}}$$"):
            page = str(shown(text.from_plain(typed)))
            for found in re.findall(r"<math.*?</math>", page):
                assert wrong_in(found) == [], payload
            outside = re.sub(r"<math.*?</math>", "x", page)
            assert text.clean(outside) == outside, payload


@given(st.text(alphabet=r"\{}^_&<>\"'/=$ abfrctexhsylo0123;:#", max_size=60))
def test_only_what_is_listed_leaves(tex: str) -> None:
    found = formula(tex)
    if found:
        assert wrong_in(found.html) == []


@given(st.text(alphabet=r"\{}^_<>&$ ab12.,", max_size=80))
def test_around_formulas_a_text_is_untouched(typed: str) -> None:
    stored = text.from_plain(typed)
    page = str(shown(stored))
    if "<math" not in page:
        assert page == stored.replace(r"\$", "$") or r"\\" in typed
    assert "$" not in stored or unescape(text.plain(stored)) is not None
    assert text.clean(stored) == stored


def test_building_what_was_built_changes_nothing() -> None:
    found = formula(r"\frac{1}{\sqrt{2}} \le \begin{cases} x & y \\ a & \text{b <c>}\end{cases}")
    assert found is not None
    math = parsed(found.html)
    row = math[0][0]
    assert written(node_of(row)) == tostring(row, encoding="unicode", short_empty_elements=False)


@pytest.mark.parametrize("name", ["maction", "script", "mglyph", "style", "annotation-xml", "mphantom", "a"])
def test_another_element_makes_nothing_at_all(name: str) -> None:
    row = parsed(f"<mrow><mi>x</mi><{name}>y</{name}></mrow>")
    with pytest.raises(Unknown):
        node_of(row)


def test_attributes_that_are_not_listed_go() -> None:
    row = parsed(
        '<mrow href="javascript:x" class="a"><mo stretchy="true" style="x" onclick="x">(</mo>'
        '<mspace width="900em"/><mspace width="1em"/></mrow>'
    )
    expected = '<mrow><mo stretchy="true">(</mo><mspace></mspace><mspace width="1em"></mspace></mrow>'
    assert written(node_of(row)) == expected


def test_a_formula_of_too_many_parts_is_none() -> None:
    row = parsed(f"<mrow>{'<mi>x</mi>' * mathml.MOST_NODES}</mrow>")
    with pytest.raises(Unknown):
        node_of(row)
