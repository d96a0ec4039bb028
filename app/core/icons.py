"""The icons of Throughline, drawn for it on a 24 grid with a stroke of 1.8.

Nouns: an *icon* is a name and its strokes; the *sprite* is one hidden SVG that holds them all as symbols.
Rules: `core/base.html` places the sprite once, `icon(name)` refers to it, so that a card costs few bytes and a
partial sent over a socket needs nothing else. An icon never speaks: the word beside it does (or the button's label).
Neighbours: `core/design.py` makes both available in templates; `frontend/styles/_icon.scss` sizes them.
"""

from functools import cache

from markupsafe import Markup

STROKES: dict[str, str] = {
    # places
    "home": '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
    "bulb": '<path d="M9 18h6M10 21h4M12 3a6 6 0 0 1 4 10.5c-.8.8-1 1.4-1 2.5H9c0-1.1-.2-1.7-1-2.5A6 6 0 0 1 12 3z"/>',
    "books": '<path d="M4 4h5v16H4zM9 4h4.5v16H9M14.5 5.3l4-1 3 15-4 1z"/>',
    "calendar": '<rect x="4" y="5" width="16" height="16" rx="2.5"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.6'
    'M18 14.5c2.5.7 3.5 2.8 3.5 5.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3.3-6.3 7.5-6.3s7.5 2.3 7.5 6.3"/>',
    "talk": '<path d="M4 5h16v11H9.5L5 20v-4H4z"/>',
    "talks": '<path d="M3 4h13v9H8l-4 3.5V13H3z"/><path d="M19 8.5h2v9h-1V21l-4-3.5H9.5"/>',
    "school": '<path d="M3 10.5 12 5l9 5.5M5 10v10h14V10M10 20v-5h4v5M12 5V2.5h3.5"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3.5 9.5h17M3.5 14.5h17M12 3c-5 5.5-5 12.5 0 18 5-5.5 5-12.5 0-18"/>',
    "lock": '<rect x="5" y="11" width="14" height="9.5" rx="2.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "shield": '<path d="M12 3 4.5 6v5.5c0 4.5 3 7.7 7.5 9.5 4.5-1.8 7.5-5 7.5-9.5V6z"/>',
    "chart": '<path d="M4 4v16h16M7.5 15.5l3.5-5 3.5 3 5-7.5"/>',
    "map": '<path d="M3.5 6 9 3.5l6 2.5 5.5-2.5V18L15 20.5 9 18l-5.5 2.5zM9 3.5V18M15 6v14.5"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11l2.5 8.5V19H4zM4 13.5h4.5c0 4.5 7 4.5 7 0H20"/>',
    # kinds and outcomes
    "flask": '<path d="M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.3 2h11.4A1.5 1.5 0 0 0 19 19L14 9V3M7.5 15h9"/>',
    "question": '<path d="M9.3 9.5a2.8 2.8 0 1 1 4.3 2.3c-1 .7-1.6 1.2-1.6 2.2M12 17.2v.1"/><circle cx="12" cy="12" r="9"/>',
    "page": '<path d="M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5M9 13h6.5M9 16.5h4.5"/>',
    "pencil": '<path d="M4 20h4.2L19.5 8.7l-4.2-4.2L4 15.8zM12.8 7l4.2 4.2"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "half": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17M12 8h6.8M12 12h8.5M12 16h6.8"/>',
    "sprout": '<path d="M12 21v-9M12 12c0-4-3-6-8-6 0 5 3 7 8 6M12 15c0-4.5 3-7 8-7 0 5.5-3 8-8 7"/>',
    # reactions and what one does with a post
    "heart": '<path d="M12 20S4 15 4 9.5A4 4 0 0 1 12 8a4 4 0 0 1 8 1.5C20 15 12 20 12 20z"/>',
    "same": '<path d="M8.5 4.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M2.5 20c0-3.5 2.7-5.3 6-5.3M15.5 4.5a4 4 0 1 1 0 8'
    'M12.5 20h9c0-3.5-2.3-5.3-5.5-5.3"/>',
    "bookmark": '<path d="M6.5 4h11v16.5L12 16l-5.5 4.5z"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6'
    'a4 4 0 0 0 5.7 5.7l1.6-1.6"/>',
    "flag": '<path d="M5 21V4M5 5c4-2.5 8 2.5 13.5 0v9C13 16.5 9 11.5 5 14"/>',
    "trash": '<path d="M4 6.5h16M9 6.5V4h6v2.5M6.5 6.5l1 14h9l1-14M10.3 10.5l.4 6M13.7 10.5l-.4 6"/>',
    "history": '<path d="M4 5v4.5h4.5M4.5 9.5A8.3 8.3 0 1 1 3.7 13M12 8v4.5l3 2"/>',
    "eye-off": '<path d="M4 4l16 16M10 6.2C16 5 20 9.5 21.5 12c-.5.9-1.3 2-2.5 3.1M6.5 8C4.5 9.3 3.2 11 2.5 12'
    'c2 3.5 6.5 7.5 12 5.6M10 10a3 3 0 0 0 4 4"/>',
    # tools
    "search": '<circle cx="11" cy="11" r="7"/><path d="m20.5 20.5-4.5-4.5"/>',
    "bell": '<path d="M6 9.5a6 6 0 0 1 12 0c0 6.5 2.5 6.5 2.5 8.5h-17c0-2 2.5-2 2.5-8.5M10 21h4"/>',
    "more": '<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="3.2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "share": '<circle cx="12" cy="12" r="9"/><path d="M12 8v8M8 12h8"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "left": '<path d="m14.5 6-6 6 6 6"/>',
    "right": '<path d="m9.5 6 6 6-6 6"/>',
    "arrow-up": '<path d="M12 20V5M6 11l6-6 6 6"/>',
    "retry": '<path d="M20 5v4.5h-4.5M19.5 9.5A8.3 8.3 0 1 0 20.3 13"/>',
    "offline": '<path d="M4 4l16 16M2.5 9.5a14 14 0 0 1 5-3M11 5.5c4 0 7.5 1.3 10.5 4M5.5 13.2a9.5 9.5 0 0 1 4.5-2.6'
    'M15 11.2a9.5 9.5 0 0 1 3.5 2M12 18.5v.1"/>',
    "clip": '<path d="m20 11.5-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8L10 17a1.6 1.6 0 0 1-2.3-2.3L15 7.5"/>',
    "image": '<rect x="3.5" y="5" width="17" height="14.5" rx="2.5"/><circle cx="8.8" cy="10" r="1.6"/>'
    '<path d="m4 17 5-4 3.5 2.7 3.5-3.5 4.5 4"/>',
    "download": '<path d="M12 4v11M6.5 10l5.5 5.5 5.5-5.5M4.5 20h15"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>',
    "alert": '<path d="M12 7v6.5M12 17v.1"/><circle cx="12" cy="12" r="9"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "gear": '<circle cx="12" cy="12" r="3.2"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2'
    'M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2"/>',
    "mail": '<rect x="3" y="5" width="18" height="14.5" rx="2.5"/><path d="m3.5 7.5 8.5 6 8.5-6"/>',
    "key": '<circle cx="8" cy="15.5" r="4.5"/><path d="m11.3 12.3 8.2-8.3M16 7.5l3 3"/>',
    "device": '<rect x="3" y="5" width="18" height="12" rx="2"/><path d="M8.5 20.5h7M12 17v3.5"/>',
    "sign-out": '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
    "swap": '<path d="M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7'
    'M5.3 18.7 7 17M17 7l1.7-1.7"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>',
    # the editor
    "bold": '<path d="M7.5 4.5h5.5a3.6 3.6 0 0 1 0 7.2H7.5zM7.5 11.7h6.5a3.9 3.9 0 0 1 0 7.8H7.5z" stroke-width="2.4"/>',
    "italic": '<path d="M10 4.5h7M7 19.5h7M14 4.5l-4 15"/>',
    "list": '<path d="M9.5 6h11M9.5 12h11M9.5 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1"/>',
    "numbers": '<path d="M10 6h10.5M10 12h10.5M10 18h10.5M3.7 5l1.3-.8v4.3M3.5 15.5c2-1.3 3 .3 1.5 1.8l-1.5 1.7h2.5"/>',
    "quote": '<path d="M10 7H4.5v6H10zM10 13c0 2.5-1.5 4-4 4.5M19.5 7H14v6h5.5zM19.5 13c0 2.5-1.5 4-4 4.5"/>',
    "heading": '<path d="M6 4.5v15M18 4.5v15M6 12h12"/>',
}  # fmt: skip

LOGO = Markup(
    '<svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<path d="M4 22c5 0 5-12 10-12s4 14 9 14c3 0 5-3 5-8"/><circle cx="28" cy="13" r="2.2"/></svg>'
)


def icon(name: str, extra: str = "") -> Markup:
    """A reference to one symbol of the sprite; `extra` is more classes. Raises KeyError for an unknown name."""
    if name not in STROKES:
        raise KeyError(f"there is no icon named {name!r}")
    classes = f"icon {extra}".strip()
    return Markup(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>'
    ).format(classes, name)


@cache
def icon_sprite() -> Markup:
    """Every symbol in one hidden SVG, for the start of the page."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{strokes}</symbol>' for name, strokes in STROKES.items()
    )
    return Markup(f'<svg class="sprite" aria-hidden="true" focusable="false">{symbols}</svg>')  # noqa: S704
