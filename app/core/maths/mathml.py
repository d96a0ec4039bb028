"""MathML: the elements and attributes that may leave here, and how they are written.

Nouns: a *node* is one element of ours: a known name, known attributes, and children or a text.
Rules: what is not on the list makes no node at all, and then nothing is shown as mathematics; an attribute
that is not on the list, or has an unknown value, is left out. No style, class, address, script or colour.
Neighbours: `formula` rebuilds the library's answer with `node_of`; `reading` says a node in words.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape, unescape
from xml.etree.ElementTree import Element

MOST_NODES = 800
DEEPEST = 40

_WORDS = frozenset({"mi", "mn", "mo", "mtext"})
_COUNT = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_ANY_NUMBER = frozenset({"mrow", "msqrt", "mstyle", "mpadded", "menclose", "mtable", "mtr", "mtd", "mspace"})
ELEMENTS = frozenset({"math", "semantics", "annotation"}) | _WORDS | _COUNT.keys() | _ANY_NUMBER

_TRUTH = re.compile(r"true|false")
_LENGTH = re.compile(r"[0-4](?:\.\d{1,4})?em|-0?\.\d{1,4}em")
_SIDE = re.compile(r"left|right|center")
ATTRIBUTES: dict[str, dict[str, re.Pattern[str]]] = {
    "mi": {"mathvariant": re.compile("normal")},
    "mo": {
        **dict.fromkeys(("stretchy", "fence", "separator", "movablelimits", "largeop", "accent"), _TRUTH),
        "form": re.compile("prefix|infix|postfix"),
        "minsize": _LENGTH,
        "maxsize": _LENGTH,
    },
    "mfrac": {"linethickness": re.compile("0")},
    "mover": {"accent": _TRUTH},
    "munder": {"accentunder": _TRUTH},
    "mspace": {"width": _LENGTH},
    "mstyle": {"displaystyle": _TRUTH, "scriptlevel": re.compile("[012]")},
    "mtable": {"displaystyle": _TRUTH},
    "mtd": {"columnalign": _SIDE},
    "menclose": {"notation": re.compile("box|circle|updiagonalstrike|downdiagonalstrike|horizontalstrike")},
}


class Unknown(ValueError):
    """Not something that we show as mathematics."""


@dataclass(frozen=True)
class Node:
    name: str
    children: tuple["Node", ...] = ()
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """An attribute's value; empty where it has none."""
        return dict(self.attributes).get(name, "")


def node_of(element: Element) -> Node:
    """The element by our rules. Raises Unknown."""
    if sum(1 for _each in element.iter()) > MOST_NODES:
        raise Unknown
    return _node(element, 0)


def _node(element: Element, depth: int) -> Node:
    name = element.tag
    if name not in ELEMENTS or depth > DEEPEST or _COUNT.get(name, len(element)) != len(element):
        raise Unknown
    if name in _WORDS:
        return _word(name, element)
    children = tuple(_node(child, depth + 1) for child in element)
    if name == "menclose" and not _kept(name, element):
        raise Unknown
    return Node(name, children, attributes=_kept(name, element))


def _word(name: str, element: Element) -> Node:
    # The library writes its symbols as references; whatever they stand for is only text from here on.
    text = unescape(element.text or "")
    if len(element) or "\\" in text or not all(map(_shows, text)):
        raise Unknown
    if name == "mi" and text and not any(letter.isalnum() for letter in text) and text not in "′″‴":
        name = "mo"
    return Node(name, text=text, attributes=_kept(name, element))


def _shows(letter: str) -> bool:
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def _kept(name: str, element: Element) -> tuple[tuple[str, str], ...]:
    known = ATTRIBUTES.get(name, {})
    return tuple(
        (key, value) for key, value in element.items() if key in known and known[key].fullmatch(value)
    )


def written(node: Node) -> str:
    """The node as HTML."""
    attributes = "".join(f' {name}="{value}"' for name, value in node.attributes)
    inside = escape(node.text, quote=False) + "".join(map(written, node.children))
    return f"<{node.name}{attributes}>{inside}</{node.name}>"
