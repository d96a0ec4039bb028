"""Links: which addresses a text may lead to, and which bare words are addresses.

Nouns: a *mention* is a plain link to a member of a network, ``/n/<slug>/members/<id>``; everything else is
an outside link: http, https or mailto, absolute.
Rule: ``safe_href`` decides alone, from the whole address; what it does not know is no link.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

OUTSIDE_REL = "nofollow noopener ugc"
MEMBER_PATH = r"/n/[a-z0-9][a-z0-9-]{0,79}/members/[1-9][0-9]{0,17}"

_MEMBER = re.compile(MEMBER_PATH)
_OUTSIDE = re.compile(r"(?:https?://[^\s/?#][^\s]*|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
_STRAY = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|\\s")
_UNSAFE = re.compile("[\"'<>`\\\\{}|^]")
_BARE = re.compile(r"(?<![\w@./:-])(?:https?://|www\.)(?=[^\s<>\"'])[^\s<>\"'`\\{}|^]+", re.IGNORECASE)
_TRAILING = ".,;:!?…*_~”’»)]"
_LONGEST = 2_000


def safe_href(href: str) -> str | None:
    """The address in the form that is stored, or None where it may not be a link."""
    href = href.strip(" \t\n\f\r")
    if _STRAY.search(href) or len(href) > _LONGEST:
        return None
    if _MEMBER.fullmatch(href):
        return href
    href = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", href)
    return href if _OUTSIDE.fullmatch(href) and _parses(href) else None


def is_mention(href: str) -> bool:
    """Whether the address is a member's page in one of our networks."""
    return _MEMBER.fullmatch(href) is not None


def split_bare(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in pieces, each with the address that it should lead to, or None."""
    at = 0
    for found in _BARE.finditer(text):
        shown = _without_trailing(found[0])
        href = safe_href(shown if shown[:4].lower() == "http" else f"https://{shown}")
        if href is None or shown.lower() == "www.":
            continue
        yield text[at : found.start()], None
        yield shown, href
        at = found.start() + len(shown)
    yield text[at:], None


def _without_trailing(address: str) -> str:
    opened = address.count("(") - address.count(")")
    end = len(address)
    while end and address[end - 1] in _TRAILING:
        if address[end - 1] == ")" and opened >= 0:
            break
        opened += address[end - 1] == ")"
        end -= 1
    return address[:end]


def _parses(href: str) -> bool:
    try:
        parts = urlsplit(href)
        return parts.scheme == "mailto" or (bool(parts.hostname) and parts.port != 0)
    except ValueError:
        return False
