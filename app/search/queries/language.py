"""What people type, taken apart: words, phrases, -words, and `name:value` limits.

    fractions "number line" -worksheet from:ana in:ratios kind:question grade:7 standard:6.SP.B.4
    outcome:"didn't work" before:2026-11-01 after:yesterday has:file

Rules: anything at all may be typed. What is no limit of ours is words; an open quote ends at the
end; nothing raises.
"""

import re
from dataclasses import dataclass, field, replace

LIMITS = ("from", "in", "kind", "grade", "standard", "outcome", "before", "after", "has")
LONGEST = 200
MOST = 12
"""Words and limits that count; the rest of a long text is left out."""
_LIMIT = "|".join(LIMITS)
_APART = re.compile(rf"(?<!\S)({_LIMIT}): +(?=[^\s:]+(?:\s|$))", re.IGNORECASE)
"""A limit whose value stands after a space."""
_PART = re.compile(r'(?P<never>-)?(?:(?P<name>[A-Za-z]{2,10}):)?(?:"(?P<exact>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True)
class Part:
    """A word or a phrase as it was typed."""

    text: str
    exact: bool = False
    never: bool = False


@dataclass(frozen=True)
class Limit:
    """`value` is empty where nothing stands after the colon yet; `typed` is all of it as it was typed."""

    name: str
    value: str
    typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Asked:
    """One question. `text` is what goes back into the box."""

    text: str
    parts: tuple[Part, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def words(self) -> str:
        """What is looked for, without limits and what must not be there."""
        return " ".join(part.text for part in self.parts if not part.never)

    def instead(self, wrong: str, right: str) -> "Asked":
        """The same question with one word spelt another way."""
        spelt = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", lambda _found: right, self.text)
        return replace(parse(spelt), text=spelt)

    def meaning(self, limit: Limit, value: str) -> "Asked":
        """The same question with another value for one limit."""
        said = f'{limit.name}:"{value}"' if " " in value else f"{limit.name}:{value}"
        return parse(self.text.replace(limit.typed, said, 1))


def parse(text: str) -> Asked:
    """Take a question apart; whatever it is."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST]
    text = _APART.sub(r"\1:", text)
    parts: list[Part] = []
    limits: list[Limit] = []
    for match in _PART.finditer(text):
        exact = match["exact"] is not None
        value = (match["exact"] if exact else match["plain"]) or ""
        name = (match["name"] or "").lower()
        if not name and value.endswith(":") and value[:-1].lower() in LIMITS:
            name, value = value[:-1].lower(), ""
        if name in LIMITS and not match["never"]:
            limits.append(Limit(name, value.strip(), match[0]))
        elif not value.strip():
            continue
        else:
            said = f"{match['name']} {value}" if name else value
            parts.append(Part(said, exact, match["never"] is not None))
    return Asked(text, tuple(parts[:MOST]), tuple(limits[:MOST]))
