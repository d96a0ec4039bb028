"""Who may begin a conversation with whom, and leave one.

Seeing and replying are the contributions' own: a conversation is a space, and its people are its members.
Refusing is nobody's business: whatever the reason, the answer is the same.
"""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.conversations.models import ConversationWish
from app.core.access import Forbidden
from app.core.db import db
from app.networks.models import Member
from app.networks.queries import kept_apart
from app.spaces.models import GROUP_KINDS, Space, SpaceMember


def can_begin(actor: Member) -> bool:
    return actor.may_write


def takes(person: Member, actor: Member) -> bool:
    """Whether `actor` may begin a conversation with `person` now."""
    account = person.account
    if person.network_id != actor.network_id or not person.may_write:
        return False
    if account is None or not account.may_sign_in or kept_apart(person.id, [actor.id]):
        return False
    wish = db.session.get(ConversationWish, person.id)
    if wish is None or wish.who == "everybody":
        return True
    return wish.who == "near" and are_near(person, actor)


def are_near(one: Member, other: Member) -> bool:
    """Whether both belong to a school's space or to a group."""
    theirs = aliased(SpaceMember)
    shared = (
        select(SpaceMember.space_id)
        .join(theirs, theirs.space_id == SpaceMember.space_id)
        .join(Space, Space.id == SpaceMember.space_id)
        .where(
            SpaceMember.member_id == one.id,
            theirs.member_id == other.id,
            Space.kind.in_(GROUP_KINDS),
            Space.archived_at.is_(None),
        )
    )
    return db.session.scalar(shared.limit(1)) is not None


def require(allowed: bool) -> None:
    """Raise Forbidden unless `allowed`."""
    if not allowed:
        raise Forbidden
