"""From what a form sends to standards: picks of a script's picker, or codes typed into one field.

A value is `12:building_on` (a standard and a relation) or words with codes in them (`6.SP.B.4, 7rp2`), which
are addressed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.networks.models import Member
from app.standards.models import RELATIONS, Standard
from app.standards.queries.finding import find_codes, standards_by_id, standards_in

MOST = 12
"""Standards that one thing names."""
_PICK = re.compile(r"(\d{1,18}):([a-z_]{1,20})", re.ASCII)


@dataclass(frozen=True)
class Pick:
    standard: Standard
    relation: str = "addressing"

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return f"{self.standard.id}:{self.relation}"


def picks_from(viewer: Member, values: Iterable[str]) -> tuple[list[Pick], list[str]]:
    """The standards that a form names, each once, and the words in which no code of ours was found."""
    picked: dict[int, str] = {}
    typed: list[str] = []
    for value in list(values)[:100]:
        match = _PICK.fullmatch(value.strip())
        if match and match[2] in RELATIONS:
            picked.setdefault(int(match[1]), match[2])
        elif value.strip():
            typed += [part for part in re.split(r"[,;\n]", value[:2000]) if part.strip()]
    known = standards_by_id(viewer, picked)
    picks = [Pick(known[number], relation) for number, relation in picked.items() if number in known]
    unknown = []
    for part in typed[:50]:
        found = standards_in(viewer.network_id, part) if find_codes(part) else []
        picks += [
            Pick(standard) for standard in found[:1] if standard.id not in {p.standard.id for p in picks}
        ]
        if not found:
            unknown.append(part.strip()[:60])
    return picks[:MOST], unknown
