"""What a resource's uses say together: in how many schools, how it went by grade and setting, the tips.

Counted are uses whose reply shows, and *tried it*s on the resource that the viewer sees.
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
    return Evidence(
        total=_counted([(outcome, "") for outcome, _grade, _setting in said], "")[0] if said else Line(""),
        grades=_counted((outcome, grade) for outcome, grade, _ in sorted(said, key=_by_grade)),
        settings=_counted((outcome, setting_of(setting)) for outcome, _, setting in said),
        schools=list(schools),
        tips=[_tip(row) for row in rows if row.ResourceUse.tip][:TIPS],
        tests=tests,
    )


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
    """What the card shows: uses that show by outcome, in how many schools, and when the last was."""
    counts: dict[str, Any] = dict.fromkeys(OUTCOMES, 0)
    rows = [row.ResourceUse for row in db.session.execute(_uses(contribution_id))]
    for use in rows:
        counts[use.outcome] += 1
    counts["schools"] = len({use.site_id for use in rows if use.site_id})
    counts["last"] = rows[0].used_at if rows else None
    counts["all"] = len(rows)
    return counts
