"""What the composer knows before anything is written."""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.contributions.policy import authored_by
from app.core.db import db
from app.networks.models import Driver, Member
from app.networks.queries import drivers_of
from app.posts.models import TriedIt
from app.spaces.models import Space
from app.spaces.policy import can_share_in
from app.spaces.queries import my_spaces


def spaces_to_share_in(viewer: Member, asked: Space | None = None) -> list[Space]:
    """Where `viewer` may post, the narrowest first: my teachers, my school, groups, everyone.

    `asked` is the space of the page that the composer stands on, when it is none of theirs: an open group.
    """
    order = {"site_teachers": 0, "site": 1}
    spaces = my_spaces(viewer)
    if asked is not None and asked.id not in [space.id for space in spaces]:
        spaces.append(asked)
    open_ones = [space for space in spaces if can_share_in(viewer, space)]

    def place(space: Space) -> int:
        return 9 if space.kind == "commons" else order.get(space.follows or "", 2)

    return sorted(open_ones, key=place)


def drivers_to_name(viewer: Member, named: Driver | None = None) -> list[Driver]:
    """The network's list, with the one that a post names already when it is off the list now."""
    drivers = drivers_of(viewer.network)
    return [named, *drivers] if named is not None and named not in drivers else drivers


def first_kind(viewer: Member) -> str:
    """The kind that is offered first: who teaches or coaches is asked what they tried, others are not."""
    teaches = viewer.role in ("teacher", "teacher_leader", "coach")
    keeps = viewer.is_director or viewer.is_facilitator
    return "tried_it" if teaches or (viewer.role is None and not keeps) else "update"


def last_space(viewer: Member, kind: str) -> int | None:
    """Where the viewer last posted this kind: the choice that is remembered."""
    query = select(Contribution.space_id).where(authored_by(viewer), Contribution.kind == kind)
    query = query.where(Contribution.root_id.is_(None)).order_by(
        Contribution.published_at.desc(), Contribution.id.desc()
    )
    return db.session.scalar(query.limit(1))


def tried_it_of(contribution: Contribution) -> TriedIt | None:
    """The answers of a *tried it* that the caller may see."""
    return db.session.get(TriedIt, contribution.id)
