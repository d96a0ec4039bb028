"""The scanner: turns any string into balanced, bounded markup before a parser sees it.

Nouns: a *tag* is ``<name …>`` that ends; a *raw* element is one whose content is no text of a person
(script, style …) and goes with it; a *void* element has no content.
Rules: one pass from left to right, never back (parsers go quadratic on ``<a<a<a``, unclosed comments and
runs of ``&``); every ``<`` that opens no tag becomes text; end tags match; depth is limited.
Neighbours: ``blocks`` parses what leaves here. Safety does not hang on this module: bleach comes last.
"""

import re
from html import escape

from app.core.text.limits import MAX_NESTING, names, too_deep

_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,31})(?=[\s/>])((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_NAMED = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:_-]{0,31}[\s/>]")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+")
_HUGE_REFERENCE = re.compile(r"&(?=#[0-9]{8}|#[xX][0-9a-fA-F]{7})")

RAW = names(
    "script style template svg math iframe object noscript noembed noframes xmp plaintext title head"
    " textarea select applet audio video canvas xml"
)
_NESTING_RAW = names("template svg math object noscript select audio video canvas")
_VOID = names(
    "area base basefont bgsound br col command embed frame hr image img input keygen link menuitem meta"
    " nextid param source spacer track wbr"
)
_KEPT_VOID = frozenset({"br", "hr"})
_KEPT_ATTRIBUTES = frozenset({"href", "class", "style"})
_PARTS = {
    "p": ({"p"}, {"div", "li", "td", "th", "blockquote", "section", "article", "body"}),
    "li": ({"li"}, {"ul", "ol"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
}
"""Elements whose end tag is often left out: what each ends, and what it never looks beyond."""
_MOST_ATTRIBUTE_TEXT = 8_192


def balanced(html: str) -> str:
    """The same words as balanced tags. Raises TooLong where elements nest deeper than MAX_NESTING."""
    return _Scanner(_HUGE_REFERENCE.sub("&amp;", html)).run()


class _Scanner:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.out: list[str] = []
        self.open: list[str] = []

    def run(self) -> str:
        while (found := _OPENING.search(self.html, self.at)) is not None:
            self._text(found.start())
            self._markup()
        self._text(len(self.html))
        self._close_to(0)
        return "".join(self.out)

    def _text(self, end: int) -> None:
        self.out.append(self.html[self.at : end].replace("<", "&lt;"))
        self.at = end

    def _markup(self) -> None:
        if self.html[self.at + 1] in "!?":
            self._skip_past("-->" if self.html.startswith("<!--", self.at) else ">")
        elif (tag := _TAG.match(self.html, self.at)) is not None:
            self.at = tag.end()
            self._tag(tag[2].lower(), closing=bool(tag[1]), attributes=tag[3])
        elif _NAMED.match(self.html, self.at):
            # Unfinished to the very end: looking again from each later "<" would be quadratic.
            self._text(len(self.html))
        else:
            self._text(self.at + 1)

    def _tag(self, name: str, *, closing: bool, attributes: str) -> None:
        if name in _VOID:
            if name in _KEPT_VOID and not closing:
                self.out.append(f"<{name}>")
        elif closing:
            self._close(name)
        elif name in RAW:
            self._skip_raw(name, empty=name in {"svg", "math"} and attributes.endswith("/"))
        else:
            self._start(name, attributes)

    def _start(self, name: str, attributes: str) -> None:
        if name in _PARTS:
            self._end_like(*_PARTS[name])
        if len(self.open) >= MAX_NESTING:
            raise too_deep()
        self.open.append(name)
        self.out.append(f"<{name}{_attributes(attributes)}>")

    def _close(self, name: str) -> None:
        if name in self.open:
            self._close_to(len(self.open) - 1 - self.open[::-1].index(name))

    def _end_like(self, alike: set[str], fences: set[str]) -> None:
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth] in fences:
                return
            if self.open[depth] in alike:
                return self._close_to(depth)

    def _close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            self.out.append(f"</{self.open.pop()}>")

    def _skip_raw(self, name: str, *, empty: bool) -> None:
        """Past the matching end tag, or past everything where it never ends."""
        edges = re.compile(rf"<(/?){name}(?=[\s/>])[^>]*+>?", re.IGNORECASE)
        depth = 0 if empty else 1
        for edge in edges.finditer(self.html, self.at) if depth else ():
            if edge[1] or name in _NESTING_RAW:
                depth += -1 if edge[1] else 1
            if depth == 0:
                self.at = edge.end()
                return
        if depth:
            self.at = len(self.html)

    def _skip_past(self, end: str) -> None:
        found = self.html.find(end, self.at)
        self.at = found + len(end) if found >= 0 else len(self.html)


def _attributes(text: str) -> str:
    if len(text) > _MOST_ATTRIBUTE_TEXT:
        return ""
    kept: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        if name.lower() in _KEPT_ATTRIBUTES:
            kept.setdefault(name.lower(), "".join(values))
    return "".join(f' {name}="{_quoted(value)}"' for name, value in kept.items())


def _quoted(value: str) -> str:
    return escape(value, quote=True).replace("&amp;", "&")
