"""How the norms are doing, in numbers of cases; nobody is scored. Who went silent is there to be written
to.
"""

import statistics
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import db
from app.moderation.models import Act, Case, Report
from app.networks.models import Member

LOOKED_BACK = timedelta(days=90)
SILENT_AFTER = timedelta(days=14)
AGES = ((1, "day"), (3, "days"), (7, "week"))
"""Days, and what open cases younger than that are counted as; the rest are older."""
CITED_AT_MOST = 8


@dataclass(frozen=True)
class Health:
    """Of the last ninety days. `median_hours` is None where nothing was answered."""

    cases: int = 0
    median_hours: float | None = None
    ages: dict[str, int] = field(default_factory=dict)
    cited: list[tuple[str, int]] = field(default_factory=list)
    silent: list[Member] = field(default_factory=list)


def health_of(viewer: Member) -> Health:
    """For those who look after the network; the caller has asked whether they may."""
    since = clock.now() - LOOKED_BACK
    here = (Case.network_id == viewer.network_id, Case.opened_at > since)
    rows = db.session.execute(select(Case.opened_at, Case.answered_at).where(*here)).all()
    waits = [(row.answered_at - row.opened_at).total_seconds() / 3600 for row in rows if row.answered_at]
    return Health(
        cases=len(rows),
        median_hours=round(statistics.median(waits), 1) if waits else None,
        ages=_ages(viewer.network_id),
        cited=_cited(viewer.network_id),
        silent=_silent(viewer.network_id),
    )


def _ages(network_id: int) -> dict[str, int]:
    """Open cases by age."""
    query = select(Case.opened_at).where(Case.network_id == network_id, Case.state != "done")
    counted = {name: 0 for _days, name in AGES} | {"older": 0}
    for opened_at in db.session.scalars(query):
        age = clock.now() - opened_at
        counted[next((name for days, name in AGES if age < timedelta(days=days)), "older")] += 1
    return counted


def _cited(network_id: int) -> list[tuple[str, int]]:
    """Norms by how often a report or an act named them."""
    since = clock.now() - LOOKED_BACK
    counted: dict[str, int] = {}
    reports = select(Report.norm_title, func.count(Report.id)).join(Case)
    reports = reports.where(Case.network_id == network_id, Report.made_at > since)
    acts = select(Act.norm_title, func.count(Act.id)).where(Act.network_id == network_id, Act.made_at > since)
    for query in (reports.group_by(Report.norm_title), acts.group_by(Act.norm_title)):
        for title, number in db.session.execute(query):
            counted[title] = counted.get(title, 0) + number
    counted.pop("", None)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:CITED_AT_MOST]


def _silent(network_id: int) -> list[Member]:
    """Present members who got a letter at least two weeks ago and have shared nothing since."""
    now = clock.now()
    last = (
        select(Act.member_id, func.max(Act.made_at).label("at"))
        .where(
            Act.network_id == network_id,
            Act.verb != "none",
            Act.undone_at.is_(None),
            Act.made_at > now - LOOKED_BACK,
        )
        .group_by(Act.member_id)
        .subquery()
    )
    spoken = (
        select(Contribution.id)
        .where(Contribution.author_id == Member.id, Contribution.created_at > last.c.at)
        .exists()
    )
    query = select(Member).join(last, last.c.member_id == Member.id)
    query = query.where(Member.standing == "active", last.c.at < now - SILENT_AFTER, ~spoken)
    return list(db.session.scalars(query.order_by(Member.name_key, Member.id).limit(30)))
