"""One conversation and its people; the conversation of given people; whom one can write to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.queries import get_root
from app.conversations.models import MOST, Conversation, ConversationPerson, ConversationWish
from app.core.access import NotFound
from app.core.db import db
from app.core.text import line
from app.networks.models import Member, fold
from app.networks.queries.viewers import READS
from app.spaces.models import SpaceMember

FOUND_AT_MOST = 12


class WrongNumber(ValueError):
    """Too many people for one conversation, or nobody."""


@dataclass(frozen=True)
class Circle:
    """The people of a conversation as one of them sees it: the others by name, and who left."""

    conversation: Conversation
    others: Sequence[Member]
    left: Sequence[ConversationPerson]


def get_conversation(viewer: Member, root_id: int) -> Conversation:
    """By its root. Raises NotFound for whoever is not in it, whatever else they are."""
    root = get_root(viewer, root_id)
    found = db.session.scalar(select(Conversation).where(Conversation.root_id == root.id))
    if found is None:
        raise NotFound
    return found


def conversation_of_space(space_id: int) -> Conversation | None:
    return db.session.get(Conversation, space_id)


def circle_of(viewer: Member, root: Contribution) -> Circle:
    """`root` is visible to `viewer`."""
    conversation = get_conversation(viewer, root.id)
    query = select(ConversationPerson).where(
        ConversationPerson.space_id == conversation.space_id, ConversationPerson.member_id != viewer.id
    )
    query = query.join(ConversationPerson.member).order_by(Member.name_key, Member.id)
    people = list(db.session.scalars(query.options(joinedload(ConversationPerson.member))))
    return Circle(
        conversation,
        [person.member for person in people if person.left_at is None],
        sorted((person for person in people if person.left_at), key=lambda person: str(person.left_at)),
    )


def members_of(space_id: int) -> list[int]:
    """Who is in the conversation of a space, by number; nobody where it is none."""
    query = select(SpaceMember.member_id).join(Conversation, Conversation.space_id == SpaceMember.space_id)
    return list(
        db.session.scalars(query.where(SpaceMember.space_id == space_id).order_by(SpaceMember.member_id))
    )


def people_for(actor: Member, member_ids: Iterable[int]) -> list[Member]:
    """The people of these numbers who can be seen in the directory, without the actor.

    Raises WrongNumber, and NotFound where one of them is nobody that the actor could find.
    """
    wanted = sorted(set(member_ids) - {actor.id})
    if not 0 < len(wanted) < MOST:
        raise WrongNumber
    query = select(Member).options(joinedload(Member.site), joinedload(Member.account))
    query = query.where(
        Member.id.in_(wanted), Member.network_id == actor.network_id, Member.standing.in_(READS)
    )
    found = list(db.session.scalars(query.order_by(Member.name_key, Member.id)))
    if len(found) != len(wanted):
        raise NotFound
    return found


def people_key(member_ids: Iterable[int]) -> str:
    return ",".join(str(member_id) for member_id in sorted(set(member_ids)))


def same_people(actor: Member, member_ids: Iterable[int]) -> Conversation | None:
    """The conversation of exactly these people and the actor, where there is one."""
    key = people_key([actor.id, *member_ids])
    found: Conversation | None = db.session.scalar(
        select(Conversation).where(
            Conversation.network_id == actor.network_id, Conversation.people_key == key
        )
    )
    return found


def people_to_write_to(viewer: Member, words: str, chosen: Iterable[int]) -> list[Member]:
    """People of the directory by what was typed, without those already chosen.

    Whoever does not want to be written to is among them: leaving them out would tell.
    """
    wanted = fold(line(words)).split()[:6]
    if not wanted:
        return []
    query = (
        select(Member)
        .options(joinedload(Member.site))
        .where(
            Member.network_id == viewer.network_id,
            Member.standing.in_(READS),
            Member.id.not_in([viewer.id, *chosen]),
            *(Member.name_key.contains(word, autoescape=True) for word in wanted),
        )
    )
    return list(db.session.scalars(query.order_by(Member.name_key, Member.id).limit(FOUND_AT_MOST)))


def wish_of(member: Member) -> str:
    """Who may begin a conversation with them."""
    found = db.session.get(ConversationWish, member.id)
    return found.who if found else "everybody"
