"""Telling people what others did: lines are made, merged and taken away here.

Everything converges: each function looks at what is true *now* and makes the lines say so. A
repeated, late or overtaken event therefore changes nothing that is right already. Nobody is
told of their own acts, nor of what they do not see; a mention wins over a reply, so that one
reply is one line. Where authorship is sealed the act names nobody, its author hears of it like everybody, and
nobody by following a space: whom the lines left out would tell whose it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from app.contributions.models import Commitment, Contribution, Mention, Reaction
from app.contributions.policy import is_author
from app.contributions.queries.privacy import undecided_in_files
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.library.queries import is_answer, needed_by
from app.networks.models import Member
from app.networks.queries import kept_apart
from app.notifications.events import NotificationChanged, NotificationGone
from app.notifications.models import Notification, NotificationActor
from app.notifications.policy import can_be_told, silenced
from app.spaces.models import SpaceMember, SpaceSetting

THROUGH = ("mentioned", "replied", "wrote", "reported_on", "posted", "checks_in", "answered")
"""The verbs whose act is a contribution of its own; the rest are answers without words."""
GROUP_BATCH = 50
"""Members told of one post in one transaction."""
KEPT_COMMITMENTS = ("open", "reported")


@dataclass(frozen=True)
class Act:
    """`actor_id` did `verb` to `reader`, about `subject_id`, through `through_id`."""

    reader: Member
    verb: str
    subject_id: int
    through_id: int
    actor_id: int | None
    how: str = ""


@command
def tell_of(contribution_id: int) -> None:
    """Tell whom a contribution mentions, answers or reports to; or take it back when it is gone."""
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is None:
        return
    if contribution.state != "published":
        take_away(acts_through(contribution.id))
        return
    hearers = _hearers(contribution)
    for reader in members_of(hearers):
        verb, subject_id = hearers[reader.id]
        if contribution.seal is None and is_author(reader, contribution):
            continue
        if verb == "mentioned":
            others = [kind for kind in THROUGH if kind != verb]
            take_away(acts_through(contribution.id, reader_id=reader.id, verbs=others))
        tell(Act(reader, verb, subject_id, contribution.id, _named_author_id(contribution)))


@command
def forget_between(member_id: int, other_id: int) -> None:
    """Take away what one of the two did from the other's unread lines."""
    acts = (
        select(NotificationActor)
        .join(NotificationActor.notification)
        .where(
            Notification.read_at.is_(None),
            or_(
                and_(Notification.member_id == member_id, NotificationActor.member_id == other_id),
                and_(Notification.member_id == other_id, NotificationActor.member_id == member_id),
            ),
            Notification.verb.in_((*THROUGH, "reacted", "will_try", "suggested", "group_invite")),
        )
    )
    if kept_apart(member_id, [other_id]):
        take_away(list(db.session.scalars(acts)))


@command
def tell_of_privacy(contribution_id: int) -> None:
    """Tell its author, and nobody else, that a file of it holds what looks like a student's."""
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is None or contribution.state != "published" or not undecided_in_files(contribution):
        return
    subject_id = contribution.root_id or contribution.id
    for reader in members_of({_named_author_id(contribution)} - {None}):
        tell(Act(reader, "privacy", subject_id, contribution.id, None))


@command
def tell_of_reactions(contribution_id: int, member_id: int) -> None:
    """Make the line about a member's reactions say what they are now."""
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is not None:
        kinds = select(Reaction.kind).where(
            Reaction.contribution_id == contribution_id, Reaction.member_id == member_id
        )
        _settle(contribution, "reacted", member_id, set(db.session.scalars(kinds)))


@command
def tell_of_commitment(contribution_id: int, member_id: int) -> None:
    """Make the line about a member's "I'll try this" say whether it still stands."""
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is not None:
        state = db.session.scalar(
            select(Commitment.state).where(
                Commitment.contribution_id == contribution_id, Commitment.member_id == member_id
            )
        )
        _settle(contribution, "will_try", member_id, {""} if state in KEPT_COMMITMENTS else set())


@command
def tell_the_group(contribution_id: int, after: int = 0) -> int | None:
    """Tell the next fifty of those who want to hear of every new post; the number to go on after.

    A check-in asks everybody in the group, also who leads it. Of what goes without a name nobody is told.
    """
    contribution = db.session.get(Contribution, contribution_id)
    if contribution is None or contribution.state != "published" or contribution.root_id or contribution.seal:
        return None
    asks = contribution.kind == "check_in"
    ids = _wanting(contribution.space_id, after, everybody=asks)
    for reader in members_of(ids):
        told_otherwise = acts_through(contribution.id, reader_id=reader.id)
        if not told_otherwise and (asks or not is_author(reader, contribution)):
            verb, author_id = "checks_in" if asks else "posted", _named_author_id(contribution)
            tell(Act(reader, verb, contribution.id, contribution.id, author_id))
    return ids[-1] if len(ids) == GROUP_BATCH else None


def _wanting(space_id: int, after: int, *, everybody: bool) -> list[int]:
    """The next members who want to hear of every post, or all who belong to the space."""
    told: type[SpaceMember] | type[SpaceSetting] = SpaceMember if everybody else SpaceSetting
    query = select(told.member_id).where(told.space_id == space_id, told.member_id > after)
    if not everybody:
        query = query.where(SpaceSetting.level == "everything")
    return list(db.session.scalars(query.order_by(told.member_id).limit(GROUP_BATCH)))


def _hearers(contribution: Contribution) -> dict[int, tuple[str, int]]:
    """Member id -> verb and subject; what comes later in here wins."""
    if contribution.root is not None and contribution.space.kind == "conversation":
        # Everybody in it, in one line for the conversation, also who is named or answered.
        return dict.fromkeys(_belonging(contribution.space_id), ("wrote", contribution.root.id))
    heard: dict[int, tuple[str, int]] = {}
    for written, subject_id, verb in _answered(contribution):
        author_id = _named_author_id(written)
        if author_id is not None:
            heard[author_id] = (verb, subject_id)
    if contribution.root is not None and is_answer(contribution.id):
        # Who asked, and who needs the same.
        asked = [_named_author_id(contribution.root), *needed_by(contribution.root.id)]
        heard |= dict.fromkeys((one for one in asked if one), ("answered", contribution.root.id))
    mentions = select(Mention.member_id).where(Mention.contribution_id == contribution.id)
    for member_id in db.session.scalars(mentions):
        heard[member_id] = ("mentioned", contribution.root_id or contribution.id)
    return heard


def _belonging(space_id: int) -> list[int]:
    return list(db.session.scalars(select(SpaceMember.member_id).where(SpaceMember.space_id == space_id)))


def _answered(contribution: Contribution) -> Iterable[tuple[Contribution, int, str]]:
    """What a contribution answers: the root and the parent of a reply, the idea of a report."""
    if contribution.reports_on_id is not None:
        idea = db.session.get_one(Contribution, contribution.reports_on_id)
        yield idea, idea.id, "reported_on"
    if contribution.root is not None:
        if contribution.parent is not None:
            yield contribution.parent, contribution.root.id, "replied"
        yield contribution.root, contribution.root.id, "replied"


def _named_author_id(contribution: Contribution) -> int | None:
    """The author as everyone may know them; a sealed author is nobody here."""
    return contribution.author_id if contribution.seal is None else None


def members_of(ids: Iterable[int | None]) -> list[Member]:
    """In order of number, so that two workers lock streams in one order."""
    return list(db.session.scalars(select(Member).where(Member.id.in_(list(ids))).order_by(Member.id)))


def _settle(contribution: Contribution, verb: str, member_id: int, ways: set[str]) -> None:
    """Make the acts of `member_id` on their author's line be exactly `ways`."""
    author_id = _named_author_id(contribution)
    known = acts_through(contribution.id, verbs=[verb], actor_id=member_id)
    take_away([act for act in known if act.how not in ways])
    if author_id is None or author_id == member_id:
        return
    for reader in members_of([author_id]) if ways else []:
        for how in sorted(ways - {act.how for act in known}):
            tell(Act(reader, verb, contribution.id, contribution.id, member_id, how))


def acts_through(
    through_id: int,
    *,
    verbs: Sequence[str] = THROUGH,
    reader_id: int | None = None,
    actor_id: int | None = None,
) -> list[NotificationActor]:
    query = select(NotificationActor).join(NotificationActor.notification)
    query = query.where(NotificationActor.through_id == through_id, Notification.verb.in_(verbs))
    if reader_id is not None:
        query = query.where(Notification.member_id == reader_id)
    if actor_id is not None:
        query = query.where(NotificationActor.member_id == actor_id)
    return list(db.session.scalars(query))


def tell(act: Act) -> None:
    """Add an act to the reader's unread line, or begin one; once, and only if they see it."""
    if _told(act) or not can_be_told(act.reader, act.through_id):
        return
    if act.actor_id is not None and kept_apart(act.reader.id, [act.actor_id]):
        return
    if silenced(db.session.get_one(Contribution, act.through_id).space_id, [act.reader.id], act.verb):
        return
    line = _unread_line(act)
    now = clock.now()
    if line is None:
        line = Notification(
            member_id=act.reader.id,
            verb=act.verb,
            contribution_id=act.subject_id,
            latest_id=act.through_id,
            created_at=now,
        )
        db.session.add(line)
    line.latest_id, line.updated_at = max(line.latest_id or 0, act.through_id), now
    db.session.flush()
    db.session.add(
        NotificationActor(
            notification_id=line.id, member_id=act.actor_id, through_id=act.through_id, how=act.how, at=now
        )
    )
    db.session.flush()
    publish(NotificationChanged(act.reader.id, line.id))


def _told(act: Act) -> bool:
    """Whether a line, read or not, already has this act."""
    query = (
        select(NotificationActor.id)
        .join(NotificationActor.notification)
        .where(
            NotificationActor.through_id == act.through_id,
            NotificationActor.how == act.how,
            NotificationActor.member_id.is_not_distinct_from(act.actor_id),
            Notification.member_id == act.reader.id,
            Notification.verb == act.verb,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def _unread_line(act: Act) -> Notification | None:
    return db.session.scalar(
        select(Notification).where(
            Notification.member_id == act.reader.id,
            Notification.contribution_id == act.subject_id,
            Notification.verb == act.verb,
            Notification.read_at.is_(None),
        )
    )


def take_away(acts: Sequence[NotificationActor]) -> None:
    """Remove acts; a line without any goes, another leads to its newest that is left."""
    for act in acts:
        db.session.delete(act)
    db.session.flush()
    for notification_id in sorted({act.notification_id for act in acts}):
        line = db.session.get_one(Notification, notification_id)
        left = select(func.max(NotificationActor.through_id)).where(
            NotificationActor.notification_id == notification_id
        )
        newest = db.session.scalar(left)
        if newest is None:
            db.session.delete(line)
            publish(NotificationGone(line.member_id, notification_id))
        else:
            line.latest_id = newest
            publish(NotificationChanged(line.member_id, notification_id))
    db.session.flush()
