"""Words: the script's texts, cleaned once, with their mentions filled in, in a few variants.

A larger demo uses the same texts again; a variant begins with a sentence of its own, so that
search and excerpts have something to tell apart.
"""

import re
from dataclasses import dataclass
from random import Random

from app.core import text

MENTION = re.compile(r"@\{(\w+)\}")
OPENERS = (
    "Late to this, sorry.",
    "Reading this on the bus home.",
    "Coming back to this a week on.",
    "Our team talked about it today.",
    "Two of us read this together.",
    "I had to look twice.",
)


@dataclass(frozen=True)
class Said:
    """Clean HTML, the same in plain words, and the members whom it mentions."""

    html: str
    text: str
    mentions: tuple[int, ...] = ()


class Words:
    """`people` maps keys to (member id, name), for mentions."""

    def __init__(self, slug: str, people: dict[str, tuple[int, str]]) -> None:
        self._slug, self._people = slug, people
        self._said: dict[str, Said] = {}
        self._variants: dict[str, tuple[Said, ...]] = {}

    def said(self, html: str) -> Said:
        known = self._said.get(html)
        if known is None:
            clean = text.clean(MENTION.sub(self._link, html))
            ids = tuple(sorted(text.mentioned_ids(clean)))
            known = self._said[html] = Said(clean, text.plain(clean), ids)
        return known

    def varied(self, html: str, chance: Random) -> Said:
        """The text as it is, or with an opening sentence."""
        if html not in self._variants:
            said = self.said(html)
            self._variants[html] = (said, *(_opened(said, opener) for opener in OPENERS))
        return chance.choice(self._variants[html])

    def plain(self, words: str) -> Said:
        """For parts that are written without markup."""
        known = self._said.get(words)
        if known is None:
            clean = text.from_plain(words)
            known = self._said[words] = Said(clean, text.plain(clean))
        return known

    def _link(self, found: re.Match[str]) -> str:
        member_id, name = self._people[found[1]]
        return f'<a href="/n/{self._slug}/members/{member_id}">{name}</a>'


def _opened(said: Said, opener: str) -> Said:
    if said.html.startswith("<p>"):
        html = f"<p>{opener} {said.html[3:]}"
        return Said(html, f"{opener} {said.text}", said.mentions)
    return Said(f"<p>{opener}</p>{said.html}", f"{opener}\n\n{said.text}", said.mentions)
