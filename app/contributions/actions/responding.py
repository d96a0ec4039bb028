"""Answering without words: reactions, "I'll try this", saves."""

from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.contributions.events import CommitmentEnded, CommitmentMade, ReactionChanged
from app.contributions.models import REACTIONS, Commitment, Contribution, Reaction, Save
from app.contributions.policy import can_commit, can_keep, can_react, is_sealed_by, require
from app.contributions.queries import get_contribution
from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db, on_sqlite
from app.core.events import publish
from app.networks.models import Member


def _insert_once(model: type[Reaction] | type[Save], **values: object) -> bool:
    """Insert unless it is there already; says whether it is new, also in a race."""
    insert = sqlite.insert if on_sqlite() else postgresql.insert
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(model.contribution_id)
    return db.session.execute(statement).first() is not None


def _count(contribution_id: int, column: str, by: int) -> None:
    counter = getattr(Contribution, column)
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id)
        .values({column: counter + by, "version": Contribution.version + 1})
    )


def count_down(contribution_id: int, column: str) -> None:
    """Take one from a counter when what it counted is deleted. Inside a command."""
    _count(contribution_id, column, -1)


@command
def react(actor: Member, contribution: Contribution, kind: str) -> None:
    """Say thank you, same here or "I learned from this"; a second time changes nothing."""
    if kind not in REACTIONS:
        raise ValueError("no such reaction")
    contribution = get_contribution(actor, contribution.id)
    require(can_react(actor, contribution))
    new = _insert_once(
        Reaction, contribution_id=contribution.id, member_id=actor.id, kind=kind, created_at=clock.now()
    )
    if new:
        _count(contribution.id, f"{kind}_count", 1)
        _tell(actor, contribution, kind, on=True)


@command
def unreact(actor: Member, contribution: Contribution, kind: str) -> None:
    """Take a reaction back."""
    contribution = get_contribution(actor, contribution.id)
    gone = db.session.execute(
        delete(Reaction)
        .where(
            Reaction.contribution_id == contribution.id,
            Reaction.member_id == actor.id,
            Reaction.kind == kind,
        )
        .returning(Reaction.contribution_id)
    ).first()
    if gone:
        _count(contribution.id, f"{kind}_count", -1)
        _tell(actor, contribution, kind, on=False)


def _tell(actor: Member, contribution: Contribution, kind: str, *, on: bool) -> None:
    root_id = contribution.root_id or contribution.id
    publish(ReactionChanged(contribution.id, root_id, actor.id, kind, on))


@command
def commit_to(actor: Member, contribution: Contribution, *, due_on: date | None = None) -> Commitment:
    """ "I'll try this", with an optional day. A second time changes the day; what was let go
    of opens again."""
    contribution = get_contribution(actor, contribution.id)
    require(can_commit(actor, contribution))
    found = _commitment(actor, contribution.id)
    if found is not None and found.state != "let_go":
        found.due_on = due_on or found.due_on
        return found
    if found is None:
        found = Commitment(contribution_id=contribution.id, member_id=actor.id)
        db.session.add(found)
    found.state, found.due_on, found.ended_at = "open", due_on, None
    db.session.flush()
    _count(contribution.id, "try_count", 1)
    publish(CommitmentMade(found.id, contribution.id, actor.id))
    return found


def _commitment(actor: Member, contribution_id: int) -> Commitment | None:
    return db.session.scalar(
        select(Commitment).where(
            Commitment.contribution_id == contribution_id, Commitment.member_id == actor.id
        )
    )


@command
def set_due_date(actor: Member, contribution: Contribution, due_on: date | None) -> Commitment:
    """Change the day of one's own open commitment, or take it away."""
    found = _commitment(actor, contribution.id)
    if found is None or found.state != "open":
        raise NotFound
    found.due_on = due_on
    return found


@command
def let_go(actor: Member, contribution: Contribution) -> None:
    """Let go of a commitment; nobody is told, the count goes down."""
    found = _commitment(actor, contribution.id)
    if found is None or found.state != "open":
        return
    found.state, found.ended_at = "let_go", clock.now()
    _count(contribution.id, "try_count", -1)
    publish(CommitmentEnded(found.id, contribution.id, actor.id))


@command
def save_contribution(actor: Member, contribution: Contribution) -> None:
    """Keep it under "Saved"; nobody else knows."""
    contribution = get_contribution(actor, contribution.id)
    require(can_keep(contribution) and not is_sealed_by(actor, contribution))
    _insert_once(Save, contribution_id=contribution.id, member_id=actor.id, created_at=clock.now())


@command
def unsave_contribution(actor: Member, contribution: Contribution) -> None:
    db.session.execute(
        delete(Save).where(Save.contribution_id == contribution.id, Save.member_id == actor.id)
    )
