"""What a resource's uses say together: by how many people, in how many schools, how it went by grade and
setting, the tips.

Counted are uses whose reply shows, and *tried it*s on the resource that the viewer sees. Each of them
counts as one time that it went so; somebody who used it three times is one person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select

from app.contributions.models import OUTCOMES, Contribution
from app.contributions.queries import tests_of
from app.core.db import db
from app.library.models import ResourceUse
from app.library.models.vocabulary import setting_of
from app.networks.models import Member, Site
from app.networks.models.words import grade_word

TIPS = 6


@dataclass
class Line:
    """Outcomes of one grade or one setting."""

    word: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Tip:
    """What somebody advises, with their name as the reply has it."""

    words: str
    outcome: str
    author: str
    site: str
    reply_id: int


@dataclass(frozen=True)
class Evidence:
    total: Line
    people: int
    grades: Sequence[Line]
    settings: Sequence[Line]
    schools: Sequence[str]
    tips: Sequence[Tip]
    tests: Sequence[Contribution]


def _uses(contribution_id: int) -> Select[*tuple[Any, ...]]:
    reply = Contribution
    return (
        select(
            ResourceUse,
            reply.seal.is_not(None).label("sealed"),
            reply.author_id.label("author_id"),
            Member.name.label("author"),
            Site.short_name.label("site"),
        )
        .join(reply, reply.id == ResourceUse.reply_id)
        .outerjoin(Member, Member.id == reply.author_id)
        .outerjoin(Site, Site.id == ResourceUse.site_id)
        .where(ResourceUse.contribution_id == contribution_id, reply.state == "published")
        .order_by(ResourceUse.used_at.desc(), ResourceUse.reply_id.desc())
        .limit(500)
    )


def evidence_on(viewer: Member, contribution: Contribution) -> Evidence:
    """The summary; the caller has loaded `contribution` through the viewer."""
    rows = list(db.session.execute(_uses(contribution.id)))
    tests = tests_of(viewer, contribution)
    said = [(row.ResourceUse.outcome, row.ResourceUse.grade, row.ResourceUse.setting) for row in rows]
    said += [(test.outcome, None, "") for test in tests if test.outcome]
    schools = dict.fromkeys([row.site for row in rows if row.site])
    people = {_who(row.author_id, row.ResourceUse.reply_id) for row in rows}
    people |= {_who(test.author_id, test.id) for test in tests if test.outcome}
    return Evidence(
        total=_counted([(outcome, "") for outcome, _grade, _setting in said], "")[0] if said else Line(""),
        people=len(people),
        grades=_counted((outcome, grade) for outcome, grade, _ in sorted(said, key=_by_grade)),
        settings=_counted((outcome, setting_of(setting)) for outcome, _, setting in said),
        schools=list(schools),
        tips=[_tip(row) for row in rows if row.ResourceUse.tip][:TIPS],
        tests=tests,
    )


def _who(author_id: int | None, contribution_id: int) -> tuple[str, int]:
    """One for a person; whoever is not named is one for each time."""
    return ("unnamed", contribution_id) if author_id is None else ("member", author_id)


def _by_grade(said: tuple[str, int | None, str]) -> int:
    return -1 if said[1] is None else said[1]


def _counted(pairs: Iterable[tuple[str, Any]], unsaid: str | None = None) -> list[Line]:
    """One line for each value; what was not said is left out, unless it has a word."""
    lines: dict[Any, Line] = {}
    for outcome, value in pairs:
        if value in (None, "") and unsaid is None:
            continue
        word = grade_word(value) if isinstance(value, int) else str(value)
        lines.setdefault(value, Line(word)).counts[outcome] += 1
    return list(lines.values())


def _tip(row: Any) -> Tip:
    use: ResourceUse = row.ResourceUse
    author = "" if row.sealed else row.author or ""
    return Tip(use.tip, use.outcome, author, row.site or "", use.reply_id)


def counts_of(contribution_id: int) -> dict[str, Any]:
    """What the card shows: uses that show by outcome, by how many people and in how many schools they were,
    and when the last was."""
    counts: dict[str, Any] = dict.fromkeys(OUTCOMES, 0)
    rows = list(db.session.execute(_uses(contribution_id)))
    uses = [row.ResourceUse for row in rows]
    for use in uses:
        counts[use.outcome] += 1
    counts["people"] = len({_who(row.author_id, row.ResourceUse.reply_id) for row in rows})
    counts["schools"] = len({use.site_id for use in uses if use.site_id})
    counts["last"] = uses[0].used_at if uses else None
    return counts
