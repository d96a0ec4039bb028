"""What the lines lead to that are about no contribution: a colleague's school, or one's own.

Neutral like the lines themselves; `policy.shows` has let them through before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.addresses import path_for
from app.core.db import db
from app.networks.models import Member, Site
from app.notifications.models import ABOUT_MEMBERS, ABOUT_SITES, Notification


@dataclass(frozen=True)
class About:
    """A school's name, where a click leads, and where the one tap is sent that answers."""

    title: str
    href: str
    answer: str = ""


def abouts_of(found: Sequence[Notification]) -> dict[int, About]:
    """By the notification's number; one query for each sort of thing that is there."""
    people, sites = _ids(found, ABOUT_MEMBERS), _ids(found, ABOUT_SITES)
    abouts: dict[int, About] = {}
    if people:
        query = select(Member).options(joinedload(Member.claimed_site)).where(Member.id.in_(people.values()))
        members = {member.id: member for member in db.session.scalars(query)}
        abouts |= {each: _of_member(members[about]) for each, about in people.items() if about in members}
    if sites:
        named = select(Site).options(joinedload(Site.network)).where(Site.id.in_(sites.values()))
        known = {site.id: site for site in db.session.scalars(named)}
        verbs = {each.id: each.verb for each in found}
        abouts |= {
            each: _of_site(known[about], verbs[each]) for each, about in sites.items() if about in known
        }
    return abouts


def _ids(found: Sequence[Notification], verbs: Sequence[str]) -> dict[int, int]:
    return {each.id: each.about_id for each in found if each.verb in verbs and each.about_id is not None}


def _of_member(member: Member) -> About:
    here = {"network": member.network.slug, "member_id": member.id}
    school = member.claimed_site
    answer = path_for("networks.confirm_site", **here, site_id=school.id) if school else ""
    return About(school.short_name if school else "", path_for("networks.profile", **here), answer)


def _of_site(site: Site, verb: str) -> About:
    page = "feed.index" if verb == "site_opened" else "networks.edit_profile"
    return About(site.short_name, path_for(page, network=site.network.slug))
