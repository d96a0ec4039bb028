"""What spaces do when a network changes, in the same transaction.

The commons opens with the network, a site's spaces with the site; a member who joins, moves,
changes role, pauses or leaves is in the right spaces before anybody else can look.
"""

from sqlalchemy import select

from app.accounts.events import AccountRestored, AccountSuspended
from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.networks.events import (
    MemberChangedGrades,
    MemberChangedRole,
    MemberChangedSite,
    MemberJoined,
    MemberLeft,
    MemberPaused,
    MemberReturned,
    NetworkStarted,
    SiteAdded,
    SiteChanged,
    SiteClosed,
    SiteReopened,
)
from app.networks.models import Member, Network, Site
from app.spaces.actions import (
    archive_site_spaces,
    fill_batch,
    follow_site_and_role,
    leads_may_act,
    leads_may_not_act,
    leave_everything,
    name_site_spaces,
    open_commons,
    open_site_spaces,
)
from app.spaces.events import GroupFilling


@on(NetworkStarted)
def commons_opens(event: NetworkStarted) -> None:
    network = db.session.get_one(Network, event.network_id)
    open_commons(network.id, name=network.name)


@on(SiteAdded)
def site_spaces_open(event: SiteAdded) -> None:
    open_site_spaces(db.session.get_one(Site, event.site_id))


@on(SiteChanged)
def site_spaces_are_renamed(event: SiteChanged) -> None:
    name_site_spaces(db.session.get_one(Site, event.site_id))


@on(SiteClosed)
def site_spaces_close(event: SiteClosed) -> None:
    archive_site_spaces(event.site_id)


@on(SiteReopened)
def site_spaces_reopen(event: SiteReopened) -> None:
    archive_site_spaces(event.site_id, archived=False)


@on(MemberJoined)
def member_finds_their_spaces(event: MemberJoined) -> None:
    follow_site_and_role(db.session.get_one(Member, event.member_id))


@on(MemberChangedSite)
def member_moves(event: MemberChangedSite) -> None:
    follow_site_and_role(db.session.get_one(Member, event.member_id))


@on(MemberChangedRole)
def member_changes_role(event: MemberChangedRole) -> None:
    follow_site_and_role(db.session.get_one(Member, event.member_id))


@on(MemberChangedGrades)
def member_changes_grades(event: MemberChangedGrades) -> None:
    follow_site_and_role(db.session.get_one(Member, event.member_id))


@on(GroupFilling, slow=True)
@closed("takes members into a group that follows their role")
def group_fills(event: GroupFilling) -> None:
    """The rest of a new group's people, a hundred in a transaction; from the start, if it is repeated."""
    after: int | None = 0
    while after is not None:
        after = fill_batch(event.space_id, after)


@on(MemberLeft)
def member_leaves(event: MemberLeft) -> None:
    leave_everything(db.session.get_one(Member, event.member_id))


@on(MemberPaused)
def member_pauses(event: MemberPaused) -> None:
    leads_may_not_act(db.session.get_one(Member, event.member_id))


@on(MemberReturned)
def member_returns(event: MemberReturned) -> None:
    leads_may_act(db.session.get_one(Member, event.member_id))


@on(AccountSuspended)
def account_is_kept_out(event: AccountSuspended) -> None:
    for member in _members_of(event.account_id):
        leads_may_not_act(member)


@on(AccountRestored)
def account_is_let_in(event: AccountRestored) -> None:
    for member in _members_of(event.account_id):
        leads_may_act(member)


def _members_of(account_id: int) -> list[Member]:
    return list(db.session.scalars(select(Member).where(Member.account_id == account_id)))
