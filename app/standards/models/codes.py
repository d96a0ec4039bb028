"""Codes of standards as people type them: one spelling to compare them by.

Nouns: a code's *key* is its letters and digits, lower case, without the publisher's prefix; its *short* key
also leaves out the letter of the cluster, which many people do not write.

    6.SP.B.4   6sp.b.4   CCSS.MATH.CONTENT.6.SP.B.4   -> 6spb4
    6.SP.4     6sp4                                   -> 6sp4, the short key of the same standard
"""

import re

LONGEST = 80
_PREFIX = re.compile(
    r"^ccss[.\s:-]+(?:(?:math|ela-literacy|ela)[.\s:-]+)?(?:(?:content|practice)[.\s:-]+)?", re.I
)
_PART = re.compile(r"[^\W_]+")


def normalise_code(code: str) -> str:
    """The key of a code; empty for what has no letter or digit."""
    return "".join(_parts(code))[:LONGEST]


def short_code(code: str) -> str:
    """The key without the cluster's letter: a lone letter between a domain and a number."""
    return "".join(_without_cluster(_parts(code)))[:LONGEST]


def spellings(code: str) -> tuple[str, ...]:
    """Every way in which people write it, for search: as it is, with dots, and in one word."""
    parts = _parts(code)
    short = _without_cluster(parts)
    every = (code.casefold(), ".".join(parts), ".".join(short), "".join(parts), "".join(short))
    return tuple(dict.fromkeys(each for each in every if each))


def _without_cluster(parts: list[str]) -> list[str]:
    return [
        part
        for place, part in enumerate(parts)
        if not (
            len(part) == 1
            and part.isalpha()
            and place >= 2
            and place + 1 < len(parts)
            and parts[place + 1][0].isdigit()
        )
    ]


def _parts(code: str) -> list[str]:
    return _PART.findall(_PREFIX.sub("", code.strip()[: LONGEST * 2]).casefold())
