"""Cleaning: from whatever was sent to the HTML that we store, and from that to plain words.

Rules: length before work; then ``scan``, ``blocks``, and bleach with the one allow-list below as the layer
that must hold alone. ``clean(clean(x)) == clean(x)``; ``typed(from_plain(x))`` is x tidied.
"""

import re
from html import escape, unescape

import bleach

from app.core import maths
from app.core.text.blocks import rebuilt
from app.core.text.characters import is_visible, tidy
from app.core.text.limits import MAX_HTML, MAX_PLAIN, TooLong, names, too_much_markup
from app.core.text.links import MEMBER_PATH, OUTSIDE_REL, safe_href
from app.core.text.scan import balanced

TAGS = names("p br strong em b i u s a ul ol li blockquote code pre h3 hr")
PROTOCOLS = frozenset({"http", "https", "mailto"})

_MENTION = re.compile(rf'<a href="{MEMBER_PATH.replace("[1-9][0-9]{0,17}", "([1-9][0-9]{0,17})")}">')
_MARKUP = re.compile(r"<[^<>]*>")
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_ENDS_LINE = frozenset({"br", "li"})
_ENDS_BLOCK = frozenset({"p", "h3", "blockquote", "pre", "ul", "ol", "hr"})
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(html: str) -> str:
    """Any string as clean HTML, safe to print unescaped. Raises TooLong."""
    if len(html) > MAX_HTML or len(html.encode("utf-8", "replace")) > MAX_HTML:
        raise too_much_markup() if len(_MARKUP.sub("", html)) <= MAX_PLAIN else TooLong(MAX_PLAIN)
    tidied = rebuilt(balanced(html))
    if len(tidied) > MAX_PLAIN and len(typed(tidied)) > MAX_PLAIN:
        raise TooLong(MAX_PLAIN)
    return str(_cleaner().clean(tidied))


def plain(html: str) -> str:
    """The words of clean HTML, as one reads them: formulas too (`3/4` for `$\\frac{3}{4}$`)."""
    return typed(maths.readable(html))


def typed(html: str) -> str:
    """The words of clean HTML, as they were typed: a line for each line, a blank line between blocks."""
    pieces: list[str] = []
    at = 0
    for tag in _TAG.finditer(html):
        pieces.append(html[at : tag.start()])
        pieces.append(_line_end(tag[2], closing=bool(tag[1])))
        at = tag.end()
    pieces.append(html[at:])
    return _BLANK_LINES.sub("\n\n", unescape("".join(pieces))).strip()


def from_plain(text: str) -> str:
    """Plain words as clean HTML: blank lines part paragraphs, addresses become links. Raises TooLong."""
    text = tidy(text)
    if len(text) > MAX_PLAIN:
        raise TooLong(MAX_PLAIN)
    lines = "<br>".join(escape(line, quote=False) for line in text.split("\n"))
    return str(_cleaner().clean(rebuilt(lines)))


def is_blank(html: str) -> bool:
    """Whether clean HTML shows nothing: no letter, no rule."""
    return "<hr>" not in html and not is_visible(typed(html))


def mentioned_ids(html: str) -> set[int]:
    """The ids of the members that clean HTML names by a mention."""
    return {int(found) for found in _MENTION.findall(html)}


def _line_end(name: str, *, closing: bool) -> str:
    if name in _ENDS_LINE:
        return "\n"
    return "\n\n" if name in _ENDS_BLOCK else ""


def _may_stay(tag: str, name: str, value: str) -> bool:
    if tag != "a":
        return False
    return safe_href(unescape(value)) is not None if name == "href" else (name, value) == ("rel", OUTSIDE_REL)


def _cleaner() -> bleach.Cleaner:
    # One for each call: a Cleaner is not safe to share between threads.
    return bleach.Cleaner(
        tags=TAGS, attributes=_may_stay, protocols=PROTOCOLS, strip=True, strip_comments=True
    )
