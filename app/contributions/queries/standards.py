"""The standards of contributions: named on them, and how often each is named by what a viewer sees."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution, ContributionStandard
from app.contributions.policy import visible_to
from app.core.db import db
from app.networks.models import Member
from app.standards.models import Standard, relation_word
from app.standards.queries import Pick
from app.standards.queries.counting import counted, in_use

NEWEST = 12
"""Of what serves a standard, on its page."""


def named_on(ids: Collection[int]) -> dict[int, list[Pick]]:
    """The standards of each contribution, as their lists order them. The caller loaded these for a viewer."""
    query = (
        select(ContributionStandard)
        .join(Standard, Standard.id == ContributionStandard.standard_id)
        .options(joinedload(ContributionStandard.standard))
        .where(ContributionStandard.contribution_id.in_(ids))
        .order_by(Standard.framework_id, Standard.position, Standard.id)
    )
    found: dict[int, list[Pick]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.contribution_id, []).append(Pick(row.standard, row.relation))
    return found


@in_use
def named_at_all(framework_id: int) -> Iterable[int]:
    """The standards that a contribution names, also one that is held or taken back: it may come again."""
    query = select(ContributionStandard.standard_id).join(
        Standard, Standard.id == ContributionStandard.standard_id
    )
    return db.session.scalars(query.where(Standard.framework_id == framework_id).distinct())


@counted
def named_by_what_is_seen(viewer: Member, framework_id: int) -> Iterable[tuple[int, int]]:
    """Pairs of a standard and a root that names it, of what this viewer sees."""
    query = (
        select(ContributionStandard.standard_id, ContributionStandard.contribution_id)
        .join(Standard, Standard.id == ContributionStandard.standard_id)
        .join(Contribution, Contribution.id == ContributionStandard.contribution_id)
        .where(
            Standard.framework_id == framework_id,
            Contribution.root_id.is_(None),
            Contribution.state == "published",
            visible_to(viewer),
        )
    )
    return [(row.standard_id, row.contribution_id) for row in db.session.execute(query)]


def serving(
    viewer: Member, standard: Standard, *which: ColumnElement[bool]
) -> tuple[list[tuple[Contribution, str]], int]:
    """The newest roots that name the standard or one beneath it, each with the code and how; and how many.

    `which` narrows them."""
    branch = Standard.id == standard.id
    if standard.retired_at is None:
        branch |= (Standard.framework_id == standard.framework_id) & Standard.position.between(
            standard.position, standard.last
        )
    naming = (
        select(ContributionStandard.contribution_id)
        .join(Standard, Standard.id == ContributionStandard.standard_id)
        .where(branch)
    )
    shown = (
        Contribution.id.in_(naming),
        Contribution.root_id.is_(None),
        Contribution.state == "published",
        visible_to(viewer),
        *which,
    )
    newest = (
        select(Contribution).where(*shown).order_by(Contribution.published_at.desc(), Contribution.id.desc())
    )
    posts = db.session.scalars(newest.limit(NEWEST)).all()
    total = db.session.scalar(select(func.count(Contribution.id)).where(*shown)) or 0
    named = named_on([post.id for post in posts])
    return [(post, _how(named.get(post.id, []), standard)) for post in posts], total


def _how(picks: Iterable[Pick], standard: Standard) -> str:
    """The relation, and the code where it is one beneath."""
    for pick in picks:
        if pick.standard.id == standard.id:
            return relation_word(pick.relation)
    return ""
