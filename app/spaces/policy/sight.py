"""Who sees a space, who finds its group, and who may share in it.

`sees(viewer)` is the one clause behind everything: through it, and nothing else, a person
comes to see what was shared. Hub roles are not in it, on purpose. `finds(viewer)` is wider: the
groups whose name, purpose and size one may know of. A secret one is found by its people and by those
who are invited; for everybody else it is not there.
"""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, false, or_, select

from app.core.access import Forbidden
from app.core.db import db
from app.networks.models import Member
from app.networks.queries import kept_apart
from app.spaces.models import GROUP_KINDS, GroupInvitation, Space, SpaceMember


def sees(viewer: Member) -> ColumnElement[bool]:
    """The spaces that `viewer` sees, as a clause on `Space`."""
    if not viewer.may_read:
        return false()
    joined = select(SpaceMember.space_id).where(SpaceMember.member_id == viewer.id)
    return and_(Space.network_id == viewer.network_id, or_(Space.access == "open", Space.id.in_(joined)))


def is_place() -> ColumnElement[bool]:
    """The spaces that things are shared in; a conversation is none, its messages are all there is in it."""
    return Space.kind != "conversation"


def finds(viewer: Member) -> ColumnElement[bool]:
    """The groups that `viewer` may know of, as a clause on `Space`; `sees` is what opens them."""
    if not viewer.may_read:
        return false()
    joined = select(SpaceMember.space_id).where(SpaceMember.member_id == viewer.id)
    invited = select(GroupInvitation.space_id).where(GroupInvitation.member_id == viewer.id)
    return and_(
        Space.network_id == viewer.network_id,
        Space.kind.in_(GROUP_KINDS),
        or_(
            Space.access.in_(("open", "request", "invite")),
            and_(Space.kind == "role_alike", Space.site_id.is_(None), Space.access == "closed"),
            Space.id.in_(joined),
            Space.id.in_(invited),
        ),
    )


class AnyViewer:
    """Stands for the viewer in a statement that is built once; `is_now` says who it is.

    Only for somebody who may read: the caller found them as the viewer of this request.
    """

    may_read = True
    id: BindParameter[int] = bindparam("viewer_id")
    network_id: BindParameter[int] = bindparam("viewer_network_id")

    @staticmethod
    def is_now(viewer: Member) -> dict[str, int]:
        """The parameters for this viewer. Raises Forbidden for one who may not read."""
        if not viewer.may_read:
            raise Forbidden
        return {"viewer_id": viewer.id, "viewer_network_id": viewer.network_id}


def can_share_in(actor: Member, space: Space) -> bool:
    """Whether somebody who sees `space` may add to it now."""
    open_here = actor.may_write and space.archived_at is None and space.network_id == actor.network_id
    return open_here and not (space.kind == "conversation" and _two_apart(actor, space))


def _two_apart(actor: Member, space: Space) -> bool:
    """Whether it is a conversation of two of whom one blocked the other. More than two go on."""
    others = select(SpaceMember.member_id).where(
        SpaceMember.space_id == space.id, SpaceMember.member_id != actor.id
    )
    people = list(db.session.scalars(others.limit(2)))
    return len(people) == 1 and bool(kept_apart(actor.id, people))


def require_share_in(actor: Member, space: Space) -> None:
    if not can_share_in(actor, space):
        raise Forbidden
