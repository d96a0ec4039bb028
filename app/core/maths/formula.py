"""Formulas: one piece of TeX as MathML, as plain text and as words, made once and remembered.

Rules: the library (latex2mathml) is asked only after length, braces and commands were looked at, so that its
work is short; commands that define, colour, link, style or hide are none of ours; whatever it raises means
that the TeX is shown as typed.
"""

import re
from dataclasses import dataclass
from html import escape
from threading import Lock

from latex2mathml.converter import Converter
from markupsafe import Markup

from app.core.maths.finding import MOST_LETTERS
from app.core.maths.mathml import Node, Unknown, node_of, written
from app.core.maths.reading import plain_of, words_of

_REMEMBERED = 4_000
_DEEPEST_BRACES = 12
_REFUSED_COMMANDS = """
    def gdef edef let newcommand renewcommand providecommand newenvironment DeclareMathOperator require
    href url class style cssId html htmlClass htmlData htmlId htmlStyle unicode verb input include tag
    color textcolor colorbox fcolorbox definecolor rule phantom hphantom vphantom mathstrut strut mathchoice
    raise lower moveleft moveright hskip hspace kern mkern mskip mspace llap rlap clap skew sideset smash
    LaTeX TeX
"""
_REFUSED = frozenset(_REFUSED_COMMANDS.split())
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_PERCENT = re.compile(r"(?<!\\)%")
_NOT_EQUAL = re.compile(r"\\not\s*=")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_TOKEN = re.compile(r"\\[a-zA-Z]+")


@dataclass(frozen=True)
class Formula:
    """`html` is a `math` element; `plain` is it on one line; `words` are what search finds it by."""

    html: Markup
    plain: str
    words: str


_known: dict[tuple[str, bool], Formula | None] = {}
_one_at_a_time = Lock()


def formula(tex: str, block: bool = False) -> Formula | None:
    """The formula; None for what is no TeX that we know."""
    key = (tex, block)
    try:
        return _known[key]
    except KeyError:
        made = _made(tex, block)
    with _one_at_a_time:
        _known[key] = made
        if len(_known) > _REMEMBERED:
            del _known[next(iter(_known))]
    return made


def is_remembered(tex: str, block: bool = False) -> bool:
    """Whether asking for it costs nothing."""
    return (tex, block) in _known


def _made(tex: str, block: bool) -> Formula | None:
    tex = " ".join(tex.split())
    if not tex or len(tex) > MOST_LETTERS or not tex.isprintable() or not _is_sound(tex):
        return None
    try:
        row = _row(tex, block)
        plain = plain_of(row)
        words = " ".join(dict.fromkeys([*words_of(row), *(name[1:] for name in _TOKEN.findall(tex))]))
        return Formula(_math(row, tex, plain, block), plain, words) if plain else None
    except Exception:
        return None


def _row(tex: str, block: bool) -> Node:
    asked = _NOT_EQUAL.sub(r"\\neq ", _PERCENT.sub(r"\\%", tex))
    math = Converter(display="block" if block else "inline").convert_to_element(asked)
    if len(math) != 1 or math[0].tag != "mrow":
        raise Unknown
    return node_of(math[0])


def _math(row: Node, tex: str, plain: str, block: bool) -> Markup:
    display = ' display="block"' if block else ""
    typed = f'<annotation encoding="application/x-tex">{escape(tex, quote=False)}</annotation>'
    return Markup(  # noqa: S704 - rebuilt from the allow-list, and escaped
        f'<math alttext="{escape(plain)}"{display}><semantics>{written(row)}{typed}</semantics></math>'
    )


def _is_sound(tex: str) -> bool:
    if _REFUSED.intersection(_COMMAND.findall(tex)):
        return False
    depth = 0
    for letter in _ESCAPED.sub("", tex):
        depth += (letter == "{") - (letter == "}")
        if not 0 <= depth <= _DEEPEST_BRACES or letter == "$":
            return False
    return depth == 0
