"""The icons of Throughline, drawn for it on a 24 grid with a stroke of 1.8.

Nouns: an *icon* is a name and its strokes, one symbol a line in `icons.svg`; the *sprite* is that file.
Rules: `core/base.html` places the sprite once, `icon(name)` refers to it, so that a card costs few bytes and
a partial sent over a socket needs nothing else. An icon never speaks: the word beside it does.
Neighbours: `core/design.py` makes both available in templates; `frontend/styles/_icon.scss` sizes them.
"""

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

_SPRITE = Path(__file__).with_name("icons.svg").read_text(encoding="utf-8").replace("\n", "")

NAMES: tuple[str, ...] = tuple(re.findall(r'id="i-([a-z-]+)"', _SPRITE))

LOGO = Markup(
    '<svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<path d="M4 22c5 0 5-12 10-12s4 14 9 14c3 0 5-3 5-8"/><circle cx="28" cy="13" r="2.2"/></svg>'
)


@lru_cache(500)
def icon(name: str, extra: str = "") -> Markup:
    """A reference to one symbol of the sprite, with `extra` classes. Raises KeyError for an unknown name."""
    if name not in NAMES:
        raise KeyError(f"there is no icon named {name!r}")
    classes = f"icon {extra}".strip()
    return Markup(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>'
    ).format(classes, name)


def icon_sprite() -> Markup:
    """Every symbol in one hidden SVG, for the start of the page."""
    return Markup(_SPRITE)  # noqa: S704 (our own file)
