"""Reading: a formula on one line of plain text, and the words that say what is in it.

Rules: plain text is what a colleague would type in a message (`3/4`, `x²`, `√(a + b)`), with brackets
where the line would mean something else; the words are those that teachers look for (fraction, inequality).
"""

import unicodedata
from collections.abc import Iterator

from app.core.maths.mathml import Node

_UP = dict(zip("0123456789+-−=()niT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀ", strict=True))
_DOWN = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_AFTER_THESE_A_SIGN = frozenset("([{,=<>≤≥≠+−×÷")
_SPACED = frozenset("+-−±∓×÷⋅·=≠<>≤≥≈≅≡∼→←↔⇒⇔∈∉∪∩⊂⊆∥⊥∣:")
_OPENING, _CLOSING = frozenset("([{⟨⌈⌊"), frozenset(")]}⟩⌉⌋!%")
_ABOVE = frozenset("^ˆ~˜→⃗˙¨_⏞⏟")
_BARS = frozenset("¯―‾")
_BAR, _LONGEST_BAR = "\u0305", 4
_SAID = {
    "<": "inequality less than", ">": "inequality greater than", "≤": "inequality less equal",
    "≥": "inequality greater equal", "≠": "not equal", "=": "equation equals", "+": "plus addition",
    "−": "minus subtraction", "×": "times multiplication", "⋅": "times multiplication",
    "·": "times multiplication", "÷": "divided division", "±": "plus minus", "π": "pi", "∘": "degrees angle",
    "°": "degrees angle", "∠": "angle", "∞": "infinity", "∑": "sum sigma", "∫": "integral", "%": "percent",
    "≈": "approximately", "≅": "congruent", "∼": "similar", "∥": "parallel", "⊥": "perpendicular",
    "△": "triangle", "|": "absolute value", "∣": "absolute value", "_": "blank", "□": "blank square",
    "◻": "blank square",
}  # fmt: skip
_HOLDS = {
    "mfrac": "fraction",
    "msqrt": "square root radical",
    "mroot": "root radical",
    "mtable": "table matrix",
}
_POWERS = {"2": "squared", "3": "cubed"}


def plain_of(node: Node) -> str:
    """The node on one line of plain text; empty where it shows nothing."""
    return " ".join(_said(node).split())


def words_of(node: Node) -> Iterator[str]:
    """What is in the formula, word by word."""
    if node.name == "mfrac" and node.get("linethickness") == "0":
        yield from ("combinations", "choose")
    else:
        yield from _HOLDS.get(node.name, "").split()
    if node.name in {"msup", "msubsup"} and not _is_mark(node.children[-1]):
        yield from ("exponent", "power", *_POWERS.get(plain_of(node.children[-1]), "").split())
    if node.name == "mroot" and plain_of(node.children[1]) == "3":
        yield "cube"
    if node.text:
        yield from _words_of_text(node)
    for child in node.children:
        yield from words_of(child)


def _words_of_text(node: Node) -> Iterator[str]:
    if node.name == "mtext" or (node.text.isascii() and node.text.isalpha() and len(node.text) > 1):
        yield from node.text.split()
    elif node.text in _SAID:
        yield from _SAID[node.text].split()
    elif not node.text.isascii() and node.text.isalpha():
        yield unicodedata.name(node.text[0], "").lower().rpartition(" ")[2]


def _said(node: Node) -> str:
    if node.name in _WAYS:
        return _WAYS[node.name](node)
    return _line(node.children) if node.children else node.text


def _line(nodes: tuple[Node, ...]) -> str:
    out, last, before = "", "", ""
    for node in nodes:
        said = _said(node)
        if node.name == "mo":
            out += _operator(said, out.rstrip())
        elif _stands_apart(node, said, last, before):
            out += f" {said}"
        else:
            out += said
        last, before = said, node.name
    return out


def _stands_apart(node: Node, said: str, last: str, before: str) -> bool:
    """A mixed number, or a word (`sin`) beside a letter or another word."""
    if node.name == "mfrac" and before == "mn":
        return True
    return before != "mo" and last[-1:].isalnum() and (_is_word(said) or _is_word(last))


def _operator(sign: str, before: str) -> str:
    if sign in {"\u2061", "\u2062", "\u2063", "\u2064"}:
        return ""
    if not before or before[-1] in _AFTER_THESE_A_SIGN:
        return sign
    if sign in {",", ";"}:
        return f"{sign} "
    return f" {sign} " if sign in _SPACED else sign


def _is_word(said: str) -> bool:
    return len(said) > 1 and said.isalpha()


def _is_mark(node: Node) -> bool:
    return plain_of(node) in {"′", "″", "‴", "∘", "°"}


def _fraction(node: Node) -> str:
    top, bottom = (plain_of(child) for child in node.children)
    if node.get("linethickness") == "0":
        return f"{top} choose {bottom}"
    return f"{_held(top)}/{_held(bottom)}"


def _held(said: str) -> str:
    """In brackets, where it is more than one number, name or bracket."""
    is_one = said.replace(".", "").isalnum() or (said.startswith("√") and said[1:].isalnum())
    return said if is_one or _is_bracketed(said) or not said else f"({said})"


def _is_bracketed(said: str) -> bool:
    if not (said[:1] in _OPENING and said[-1:] in _CLOSING):
        return False
    depth = 0
    for index, letter in enumerate(said):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0:
            return index == len(said) - 1
    return False


def _script(said: str, small: dict[str, str], sign: str) -> str:
    bare = said.replace(" ", "")
    if bare and all(letter in small for letter in bare):
        return "".join(small[letter] for letter in bare)
    return f"{sign}{_held(said)}" if said else ""


def _raised(base: str, power: str) -> str:
    if power in {"∘", "°"}:
        return f"{base}°"
    if power in {"′", "″", "‴"}:
        return base + power
    held = base if base[-1:] in _CLOSING else _held(base)
    return held + _script(power, _UP, "^")


def _sup(node: Node) -> str:
    return _raised(*(plain_of(child) for child in node.children))


def _sub(node: Node) -> str:
    base, low = (plain_of(child) for child in node.children)
    return base + _script(low, _DOWN, "_")


def _subsup(node: Node) -> str:
    base, low, high = (plain_of(child) for child in node.children)
    return _raised(base + _script(low, _DOWN, "_"), high)


def _over(node: Node) -> str:
    base, above = (plain_of(child) for child in node.children)
    if above in _BARS:
        return "".join(letter + _BAR for letter in base) if len(base) <= _LONGEST_BAR else base
    return base if above in _ABOVE else base + _script(above, _UP, "^")


def _under(node: Node) -> str:
    base, below = (plain_of(child) for child in node.children)
    return (base or "___") if below in _ABOVE | _BARS else base + _script(below, _DOWN, "_")


def _root(node: Node) -> str:
    base, degree = (plain_of(child) for child in node.children)
    sign = _ROOTS.get(degree) or _script(degree, _UP, "") + "√"
    return sign + _held(base)


def _square_root(node: Node) -> str:
    return "√" + _held(plain_of(Node("mrow", node.children)))


def _table(node: Node) -> str:
    rows = (", ".join(filter(None, map(plain_of, row.children))) for row in node.children)
    return "; ".join(filter(None, rows))


_WAYS = {
    "mfrac": _fraction,
    "msup": _sup,
    "msub": _sub,
    "msubsup": _subsup,
    "munderover": _subsup,
    "mover": _over,
    "munder": _under,
    "mroot": _root,
    "msqrt": _square_root,
    "mtable": _table,
    "mspace": lambda _node: " ",
    "mtext": lambda node: f" {node.text} " if node.text.strip() else " ",
}
