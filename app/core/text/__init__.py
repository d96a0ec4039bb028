"""Text that people write: made safe, made plain, measured.

Nouns: *html* is rich text from the editor or a paste; *clean html* went through ``clean`` and is the only
HTML a template may print unescaped; *plain* is the same words without markup, formulas readable;
*typed* is the same with formulas as they were typed; a *line* is a one-line field.
Rules: one allow-list, two layers (``blocks`` rebuilds the text from what it knows, bleach then checks every
element, attribute and protocol on its own), linear time, and cleaning what is clean changes nothing.
What normalising does to a person's characters is written down in ``characters``.
Neighbours: contributions store clean html beside plain; search, mail and excerpts use plain.
"""

from app.core.text.characters import excerpt, line
from app.core.text.clean import clean, from_plain, is_blank, mentioned_ids, plain, typed
from app.core.text.limits import MAX_HTML, MAX_NESTING, MAX_PLAIN, TooLong

__all__ = [
    "MAX_HTML",
    "MAX_NESTING",
    "MAX_PLAIN",
    "TooLong",
    "clean",
    "excerpt",
    "from_plain",
    "is_blank",
    "line",
    "mentioned_ids",
    "plain",
    "typed",
]
