"""Cleaning rich text: what stays, what goes, and that nothing slips through on the public bad-input set."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import text
from app.core.text.blocks import rebuilt
from app.core.text.clean import PROTOCOLS, TAGS
from app.core.text.links import MEMBER_PATH, OUTSIDE_REL, is_mention
from app.core.text.scan import balanced
from tests.core.text.data import xss_payloads

# No parser's opinion: apart from these exact forms there is no "<" in what we store.
ONLY_OURS = re.compile(
    rf"(?:[^<>]|</?(?:{'|'.join(sorted(TAGS))})>"
    rf'|<a href="(?:(?:https?://|mailto:)[^\"<>\s]+" rel="{OUTSIDE_REL}|{MEMBER_PATH})">)*',
    re.IGNORECASE,
)
LINK = f'rel="{OUTSIDE_REL}"'


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<div>one<br>two<br><br>three</div>", "<p>one<br>two</p><p>three</p>"),
        ("<div>one</div><div><br></div><div> </div><div>two</div>", "<p>one</p><p>two</p>"),
        ("<h1>Goal</h1><del>old</del>", "<h3>Goal</h3><p><s>old</s></p>"),
        ("<b><i>x</i></b> <i><b>y</b></i>", "<p><strong><em>x</em></strong> <strong><em>y</em></strong></p>"),
        ("<ul><li>a<ul><li>b</li></ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<pre>\n  x\n y<br>z</pre>", "<pre>  x\n y\nz</pre>"),
        ("<table><tr><td>6<td>7<tr><td>8</table>", "<p>6 | 7</p><p>8</p>"),
        ("5 < 6 & 7 > 3", "<p>5 &lt; 6 &amp; 7 &gt; 3</p>"),
        ("a<a<a<a", "<p>a&lt;a&lt;a&lt;a</p>"),
        (
            '<figure class="attachment"><figcaption>w.pdf 2 KB</figcaption></figure>see above',
            "<p>see above</p>",
        ),
        ("<b style='font-weight:normal'><p>one</p><p>two</p></b>", None),
        ("<ul><li>x<pre>http://a.org</pre></ul>", None),
        ("", ""),
        ("<p>&nbsp;</p><div>\u200b</div>", ""),
    ],
)
def test_known_shapes(given_html: str, expected: str | None) -> None:
    cleaned = text.clean(given_html)
    if expected is not None:
        assert cleaned == expected
    assert text.clean(cleaned) == cleaned


@pytest.mark.parametrize("name", ["script", "style", "template", "svg", "math", "iframe", "object", "title"])
def test_dangerous_elements_go_with_their_words(name: str) -> None:
    assert text.clean(f"before <{name}>alert(1)</{name}>after") == "<p>before after</p>"
    assert text.clean(f"before <{name} x=1>alert(1)") == "<p>before</p>"


def test_word_lists_become_lists() -> None:
    pasted = (
        '<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1"><![if !supportLists]>'
        '<span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span><![endif]>Fractions</p>'
        '<p class="MsoListParagraphCxSpLast">·&nbsp;&nbsp;Ratios</p>'
        '<p class="MsoListParagraph">1.&nbsp;First</p><p class="MsoNormal">End<o:p></o:p></p>'
    )
    assert text.clean(pasted) == (
        "<ul><li>Fractions</li><li>Ratios</li></ul><ol><li>First</li></ol><p>End</p>"
    )


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        (
            '<a href="https://a.org/x?y=1&z=2" onclick="x()">t</a>',
            f'<a href="https://a.org/x?y=1&amp;z=2" {LINK}>t</a>',
        ),
        ('<a href="mailto:ann@a.org">t</a>', f'<a href="mailto:ann@a.org" {LINK}>t</a>'),
        ('<a href="/n/math/members/12">@Ann</a>', '<a href="/n/math/members/12">@Ann</a>'),
        ('<a href="/n/math/members/12/../../x">t</a>', "t"),
        ('<a href="//evil.org">t</a>', "t"),
        ('<a href="/sign-out">t</a>', "t"),
        ('<a href="java\tscript:alert(1)">t</a>', "t"),
        ('<a href="data:text/html,x">t</a>', "t"),
        ("(see www.a.org/x_(y)).", f'(see <a href="https://www.a.org/x_(y)" {LINK}>www.a.org/x_(y)</a>).'),
        ("http://a.org, then", f'<a href="http://a.org" {LINK}>http://a.org</a>, then'),
        ("<code>http://a.org</code>", "<code>http://a.org</code>"),
        ("ann@www.a.org", "ann@www.a.org"),
    ],
)
def test_links(given_html: str, expected: str) -> None:
    assert text.clean(given_html) == f"<p>{expected}</p>"


def test_mentions_are_read_from_links_only() -> None:
    html = text.clean(
        '<a href="/n/math/members/12">@Ann</a> <a href="/n/math/members/7">@Bo</a>'
        ' &lt;a href="/n/math/members/9"&gt; /n/math/members/8 <a href="https://x.org/n/math/members/5">no</a>'
    )
    assert text.mentioned_ids(html) == {12, 7}


class _Faults(HTMLParser):
    """Everything in a piece of HTML that the allow-list does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if tag != "a" or name not in {"href", "rel"}:
                self.found.append(f"{tag}[{name}]")
            elif name == "href" and not self._may_lead(value or ""):
                self.found.append(f"href={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def _may_lead(self, href: str) -> bool:
        return is_mention(href) or href.lower().split(":", 1)[0] in PROTOCOLS


def faults_of(html: str) -> list[str]:
    parser = _Faults()
    parser.feed(html)
    parser.close()
    return parser.found


def test_the_oracle_itself_sees_faults() -> None:
    for bad in ["<script>x", "<p onclick=x>", "<a href='javascript:x'>", "<img src=x>", "<!-- x -->"]:
        assert faults_of(bad)


def test_every_public_payload_is_harmless_and_stays_so() -> None:
    for payload in xss_payloads():
        for html in (payload, f'<a href="{payload}">x</a>'):
            cleaned = text.clean(html)
            assert not faults_of(cleaned), payload
            assert ONLY_OURS.fullmatch(cleaned), payload
            assert text.clean(cleaned) == cleaned, payload


def test_payloads_typed_as_plain_text_are_shown_as_they_were_typed() -> None:
    for payload in xss_payloads()[::5]:
        written = text.from_plain(payload)
        assert ONLY_OURS.fullmatch(written), payload
        assert text.typed(written) == text.line(payload) or "  " in payload or "\t" in payload, payload


WORDS = r"""<p>
</p> <div> <br> <b> </b> <i> </i> <u> <ul> <li> </ul> <ol> <pre> </pre> <blockquote> </blockquote>
<code> </code> <h2> </h2> <hr> <table> <td> <script> </script> <svg> </svg> <!-- --> <![CDATA[ ]]> <a </a>
< > & &amp; &lt; &#60; &#0; &#x202e; &copy &nbsp; ' " = / http://a.org www.b.org/x) ( x y 5 &amp;lt;
javascript:"""
PIECES = st.sampled_from(
    [*WORDS.split(), *"\u0338\u0301\u200b\u202e\ufeff\n\t", "e\u0301", "\U0001f469\u200d\U0001f680"]
) | st.sampled_from(
    [
        '<a href="http://a.org/?x=1&copy;=2">',
        "<a href='/n/m/members/4'>",
        '<a href="http://a.org/&amp;lt;">',
        "<a href=javascript:x>",
        '<p class="MsoListParagraph">· ',
        *("<b>", "</b>", "<i></i>", "  ", "http://a.org "),
        " ",
        "\n\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_cleaning_is_safe_and_settles(html: str) -> None:
    try:
        cleaned = text.clean(html)
    except text.TooLong:
        return
    assert not faults_of(cleaned)
    assert ONLY_OURS.fullmatch(cleaned)
    assert text.clean(cleaned) == cleaned
    assert text.is_blank(cleaned) == (cleaned == "")


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_bleach_finds_nothing_left_to_do(html: str) -> None:
    try:
        tidied = rebuilt(balanced(html))
    except text.TooLong:
        return
    assert text.clean(html) == tidied
