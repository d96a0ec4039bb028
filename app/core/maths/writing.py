"""Writing: clean HTML with its formulas as MathML, as plain text, or as words for search.

Rule: a text shows its first formulas only, and a request as many as its budget allows, so that no page can be
made slow; the rest stays as typed.
"""

from html import escape, unescape

from markupsafe import Markup

from app.core.maths.budget import budget
from app.core.maths.finding import replaced
from app.core.maths.formula import formula, is_remembered

MOST_FORMULAS = 60
"""Formulas of one text that are shown as such."""


def shown(html: str) -> Markup:
    """Clean HTML with MathML in the place of formulas; safe to print, never stored."""
    left, purse = MOST_FORMULAS, budget()

    def write(tex: str, block: bool) -> str | None:
        nonlocal left
        left -= 1
        if left < 0 or not purse.allows(0 if is_remembered(tex, block) else len(tex)):
            return None
        found = formula(tex, block)
        return str(found.html) if found else None

    return Markup(replaced(html, write))  # noqa: S704 - clean before, and rebuilt from an allow-list


def shown_lines(text: str) -> Markup:
    """Plain text of several lines, escaped, with MathML in the place of formulas."""
    return shown(escape(text, quote=False))


def readable(html: str) -> str:
    """Clean HTML with plain text in the place of formulas: `3/4`, `x²`."""

    def write(tex: str, _block: bool) -> str | None:
        found = formula(tex)
        return escape(found.plain, quote=False) if found else None

    return replaced(html, write)


def line_shown(line: str) -> Markup:
    """One plain line, such as a title: escaped, with MathML in the place of formulas, all in one piece."""
    left = MOST_FORMULAS

    def write(tex: str, _block: bool) -> str | None:
        nonlocal left
        left -= 1
        found = formula(tex) if left >= 0 else None
        return str(found.html) if found else None

    return Markup(replaced(escape(line, quote=False), write))  # noqa: S704 - escaped, and an allow-list


def line_read(line: str) -> str:
    """One plain line with plain text in the place of formulas: for where HTML is not."""
    return unescape(readable(escape(line, quote=False))) if "$" in line else line


def spoken(html: str) -> str:
    """The words that search finds the formulas of clean HTML by; empty where there are none."""
    said: dict[str, None] = {}

    def write(tex: str, _block: bool) -> str | None:
        found = formula(tex)
        if found:
            said.update(dict.fromkeys(found.words.split()))
        return None

    replaced(html, write)
    return " ".join(said)
