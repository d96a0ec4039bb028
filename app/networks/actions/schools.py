"""Which school a member is at, and who says so.

Rules: `site_id` is only ever confirmed. A school that one chooses oneself is a claim while
others are there; it opens no space until one of them, or the hub, confirms it. A school where
nobody is opens at once. Whoever claims another school has left the old one.
"""

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.sites import open_site
from app.networks.events import MemberChangedSite, SiteClaimAnswered, SiteClaimChanged
from app.networks.models import Member, Site
from app.networks.policy import Actor
from app.networks.queries.viewers import READS


def change_school(actor: Actor, member: Member, site_id: int | None) -> None:
    """Inside a command: another's school by the hub, or one's own. Raises NotFound for no open site."""
    by_oneself = policy.is_by_oneself(actor, member)
    if site_id == (said_site_id(member) if by_oneself else member.site_id):
        return
    site = open_site(member.network_id, site_id)
    if site is not None and by_oneself and somebody_else_at(site, member):
        claim(member, site)
    else:
        settle(member, site)


def said_site_id(member: Member) -> int | None:
    """The school as the member sees it: the one that waits, else the one that is confirmed."""
    return member.claimed_site_id or member.site_id


def somebody_else_at(site: Site, member: Member) -> bool:
    """Whether other present members are at `site`; people who come at once are asked one by one."""
    db.session.execute(select(Site.id).where(Site.id == site.id).with_for_update())
    others = (Member.site_id == site.id, Member.id != member.id, Member.standing.in_(READS))
    return db.session.scalar(select(Member.id).where(*others).limit(1)) is not None


def claim(member: Member, site: Site) -> None:
    """Inside a command: out of the old school, and waiting at the new one."""
    _move(member, None)
    member.claimed_site_id, member.claimed_site, member.claimed_at = site.id, site, clock.now()
    publish(SiteClaimChanged(member.id))


def settle(member: Member, site: Site | None) -> None:
    """Inside a command: confirmed at `site`, or at none; a claim ends."""
    end_claim(member)
    _move(member, site)


def end_claim(member: Member) -> None:
    """Inside a command: nothing waits any more."""
    if member.claimed_site_id is not None:
        member.claimed_site_id = member.claimed_site = member.claimed_at = None
        publish(SiteClaimChanged(member.id))


@command
def confirm_site(actor: Actor, member: Member, site_id: int) -> bool:
    """They are at `site_id`, as they said: its spaces open. False when that does not wait any more."""
    site = member.claimed_site
    if site is None or site.id != site_id:
        return False
    policy.insist(policy.can_confirm_site(actor, member))
    settle(member, site)
    _answer(actor, member, site, confirmed=True)
    return True


@command
def refuse_site(actor: Actor, member: Member, site_id: int) -> bool:
    """They are not at `site_id`, and have no school until they say another."""
    site = member.claimed_site
    if site is None or site.id != site_id:
        return False
    policy.insist(policy.can_refuse_site(actor, member))
    settle(member, None)
    _answer(actor, member, site, confirmed=False)
    return True


def _move(member: Member, site: Site | None) -> None:
    old, new = member.site_id, site.id if site else None
    member.site_id, member.site = new, site
    if old != new:
        publish(MemberChangedSite(member.id, old, new))


def _answer(actor: Actor, member: Member, site: Site, *, confirmed: bool) -> None:
    by_id = actor.id if isinstance(actor, Member) else None
    publish(SiteClaimAnswered(member.id, site.id, by_id, confirmed))
