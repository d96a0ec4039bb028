"""Naming the standards that a contribution serves."""

from collections.abc import Sequence

from sqlalchemy import select

from app.contributions.events import StandardsNamed
from app.contributions.models import Contribution, ContributionStandard
from app.contributions.policy import can_edit, require
from app.contributions.queries import get_contribution
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.standards.models import RELATIONS
from app.standards.queries import MOST, Pick, standards_by_id


@command
def name_standards(actor: Member, contribution: Contribution, picks: Sequence[Pick]) -> None:
    """Exactly these, in whatever order. What the actor may not know of is left out.

    Raises NotFound and Forbidden as for an edit, ValueError for an unknown relation.
    """
    contribution = get_contribution(actor, contribution.id)
    require(can_edit(actor, contribution))
    wanted = {pick.standard.id: pick.relation for pick in picks[:MOST]}
    if not set(wanted.values()) <= set(RELATIONS):
        raise ValueError("relation")
    known = standards_by_id(actor, wanted)
    wanted = {number: relation for number, relation in wanted.items() if number in known}
    named = select(ContributionStandard).where(ContributionStandard.contribution_id == contribution.id)
    before = {row.standard_id: row for row in db.session.scalars(named)}
    if {number: row.relation for number, row in before.items()} == wanted:
        return
    for number in before.keys() - wanted.keys():
        db.session.delete(before[number])
    for number, relation in wanted.items():
        row = before.get(number)
        if row is None:
            row = ContributionStandard(contribution_id=contribution.id, standard_id=number)
            db.session.add(row)
        row.relation = relation
    contribution.version += 1
    db.session.flush()
    publish(StandardsNamed(contribution.id))
