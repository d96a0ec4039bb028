"""A group's check-in, its rounds, who has answered, and whom its leads have not heard from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.core.db import db
from app.networks.models import Member, Network
from app.spaces.models import Space, SpaceMember
from app.threads.models import CheckIn, CheckInAnswer, CheckInRound, Rhythm

ROUNDS_SHOWN = 30
NAMED = 40


@dataclass(frozen=True)
class Round:
    """One time that it was asked, as a list shows it."""

    root_id: int
    title: str
    due_at: datetime
    answers: int


@dataclass(frozen=True)
class Unheard:
    """People of the group who have neither answered nor said anything else; the first of them by name."""

    people: Sequence[Member]
    more: int


def check_in_of(space_id: int) -> CheckIn | None:
    """The check-in of a group that the caller may see."""
    return db.session.get(CheckIn, space_id, populate_existing=True)


def rhythm_of(check_in: CheckIn) -> Rhythm:
    """On the wall clock of its network."""
    zone = db.session.scalar(
        select(Network.time_zone)
        .join(Space, Space.network_id == Network.id)
        .where(Space.id == check_in.space_id)
    )
    return Rhythm(check_in.every, check_in.weekday, check_in.hour, check_in.anchor, zone or "UTC")


def due_check_ins(now: datetime) -> list[int]:
    """The groups whose check-in is due, who waits longest first."""
    query = select(CheckIn.space_id).where(CheckIn.next_at <= now).order_by(CheckIn.next_at, CheckIn.space_id)
    return list(db.session.scalars(query.limit(500)))


def round_of(root_id: int) -> CheckInRound | None:
    return db.session.get(CheckInRound, root_id)


def answer_of(viewer: Member, root_id: int) -> int | None:
    """The reply that is the viewer's own answer."""
    query = select(CheckInAnswer.reply_id).where(
        CheckInAnswer.root_id == root_id, CheckInAnswer.member_id == viewer.id
    )
    return db.session.scalar(query)


def rounds_in(viewer: Member, space_id: int) -> list[Round]:
    """The newest rounds of a group, as far as the viewer sees them."""
    answers = (
        select(func.count())
        .select_from(CheckInAnswer)
        .where(CheckInAnswer.root_id == CheckInRound.root_id)
        .correlate(CheckInRound)
        .scalar_subquery()
    )
    query = (
        select(CheckInRound.root_id, Contribution.title, CheckInRound.due_at, answers.label("answers"))
        .join(Contribution, Contribution.id == CheckInRound.root_id)
        .where(
            CheckInRound.space_id == space_id,
            Contribution.space_id == space_id,
            Contribution.state == "published",
            visible_to(viewer),
        )
        .order_by(CheckInRound.due_at.desc())
        .limit(ROUNDS_SHOWN)
    )
    return [Round(row.root_id, row.title, row.due_at, row.answers) for row in db.session.execute(query)]


def still_to_hear_from(root: Contribution) -> Unheard:
    """For leads: active people of the group who have not said anything in this round.

    Whoever takes a break is not waited for.
    """
    spoke = select(Contribution.author_id).where(
        Contribution.root_id == root.id,
        Contribution.state == "published",
        Contribution.author_id.is_not(None),
    )
    query = (
        select(Member)
        .join(SpaceMember, SpaceMember.member_id == Member.id)
        .where(SpaceMember.space_id == root.space_id, Member.standing == "active", Member.id.not_in(spoke))
    )
    number = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    people = list(db.session.scalars(query.order_by(Member.name_key, Member.id).limit(NAMED)))
    return Unheard(people, number - len(people))
