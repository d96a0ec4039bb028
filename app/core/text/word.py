"""Word processors: their pasted list paragraphs, which look like lists but are none.

Nouns: a *list paragraph* is ``<p class="MsoListParagraph…">``; its *marker* is the bullet or number that
was typed into it, usually in a span with ``mso-list: Ignore``.
Rule: the marker decides between ul and ol, and is then dropped.
"""

import re

from bs4.element import NavigableString, Tag

_CLASS = re.compile(r"MsoListParagraph", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:([0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)]|[·•▪§o\u2013-])[\s\u00a0]+")


def marker_of(tag: Tag) -> str | None:
    """``ul`` or ``ol`` for a list paragraph, None for anything else."""
    if tag.name != "p" or not any(_CLASS.match(name) for name in tag.get_attribute_list("class") if name):
        return None
    ignored = _ignored(tag)
    marker = _MARKER.match((ignored or tag).get_text() + " ")
    return "ol" if marker and marker[1] else "ul"


def list_item(tag: Tag) -> Tag:
    """The list paragraph without its marker."""
    if (ignored := _ignored(tag)) is not None:
        ignored.extract()
        return tag
    first = tag.find(string=lambda text: bool(text and text.strip()))
    if isinstance(first, NavigableString) and (marker := _MARKER.match(first)):
        first.replace_with(first[marker.end() :])
    return tag


def _ignored(tag: Tag) -> Tag | None:
    found = tag.find("span", style=_IGNORED)
    return found if isinstance(found, Tag) else None
