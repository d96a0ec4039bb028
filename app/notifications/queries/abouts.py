"""What the lines lead to that are about no contribution: a colleague's school, one's own, a group.

Neutral like the lines themselves; `policy.shows` has let them through before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import SealOpening
from app.core import bell
from app.core.addresses import path_for
from app.core.db import db
from app.networks.models import Member, Network, Site
from app.networks.models.words import ROLE_WORDS
from app.notifications.models import (
    ABOUT_GROUPS,
    ABOUT_MEMBERS,
    ABOUT_PROPOSALS,
    ABOUT_SEALS,
    ABOUT_SITES,
    Notification,
)
from app.spaces.models import GroupProposal, Space


@dataclass(frozen=True)
class About:
    """A school's name, or a role's; where a click leads, and where the one tap is sent that answers."""

    title: str
    href: str
    answer: str = ""


def abouts_of(found: Sequence[Notification]) -> dict[int, About]:
    """By the notification's number; one query for each sort of thing that is there."""
    people, sites = _ids(found, ABOUT_MEMBERS), _ids(found, ABOUT_SITES)
    verbs, abouts = {each.id: each.verb for each in found}, dict[int, About]()
    if people:
        query = select(Member).options(joinedload(Member.claimed_site)).where(Member.id.in_(people.values()))
        members = {member.id: member for member in db.session.scalars(query)}
        for each, about in people.items():
            if about in members:
                of = _of_school if verbs[each] == "site_claimed" else _of_role
                abouts[each] = of(members[about])
    if sites:
        named = select(Site).options(joinedload(Site.network)).where(Site.id.in_(sites.values()))
        known = {site.id: site for site in db.session.scalars(named)}
        abouts |= {
            each: _of_site(known[about], verbs[each]) for each, about in sites.items() if about in known
        }
    return abouts | _abouts_of_groups(found) | _abouts_of_seals(found) | _abouts_of_rings(found)


def _abouts_of_rings(found: Sequence[Notification]) -> dict[int, About]:
    """What other features ring the bell for, as they say it themselves."""
    abouts: dict[int, About] = {}
    for verb, ring in bell.rings().items():
        wanted = _ids(found, (verb,))
        known = ring.about(list(wanted.values())) if wanted else {}
        abouts |= {each: About(*known[about]) for each, about in wanted.items() if about in known}
    return abouts


def _abouts_of_seals(found: Sequence[Notification]) -> dict[int, About]:
    """They lead to where one agrees, and say nothing of the post."""
    asked = _ids(found, ABOUT_SEALS)
    if not asked:
        return {}
    query = select(SealOpening.id, Network.slug).join(Network, Network.id == SealOpening.network_id)
    slugs = {row.id: row.slug for row in db.session.execute(query.where(SealOpening.id.in_(asked.values())))}
    page = "contributions.settings_unnamed"
    return {
        each: About("", path_for(page, network=slugs[about]))
        for each, about in asked.items()
        if about in slugs
    }


def _abouts_of_groups(found: Sequence[Notification]) -> dict[int, About]:
    groups, proposals = _ids(found, ABOUT_GROUPS), _ids(found, ABOUT_PROPOSALS)
    verbs, abouts = {each.id: each.verb for each in found}, {}
    if groups:
        named = select(Space, Network.slug).join(Network, Network.id == Space.network_id)
        known = {row[0].id: row for row in db.session.execute(named.where(Space.id.in_(groups.values())))}
        for each, about in groups.items():
            if about in known:
                abouts[each] = _of_group(*known[about], verbs[each])
    if proposals:
        query = select(GroupProposal, Network.slug).join(Network, Network.id == GroupProposal.network_id)
        query = query.options(joinedload(GroupProposal.space)).where(GroupProposal.id.in_(proposals.values()))
        wanted = {row[0].id: row for row in db.session.execute(query)}
        for each, about in proposals.items():
            if about in wanted:
                abouts[each] = _of_proposal(*wanted[about], verbs[each])
    return abouts


def _of_group(space: Space, network: str, verb: str) -> About:
    """The hub's line leads to its list, and never into the group."""
    if verb == "group_alone":
        return About(space.name, path_for("spaces.hub_groups", network=network))
    page = "spaces.members" if verb == "group_asked" else "spaces.about"
    if verb in ("group_opened", "group_hello"):
        page = "feed.space"
    return About(space.name, path_for(page, network=network, slug=space.slug))


def _of_proposal(proposal: GroupProposal, network: str, verb: str) -> About:
    """What became of a proposal, with the reason in the name's place where it was declined."""
    if verb == "group_wanted":
        return About(proposal.name, path_for("spaces.hub_groups", network=network))
    if verb == "group_yes" and proposal.space is not None:
        return About(proposal.name, path_for("spaces.about", network=network, slug=proposal.space.slug))
    return About(proposal.name, path_for("spaces.proposal", network=network, proposal_id=proposal.id))


def _ids(found: Sequence[Notification], verbs: Sequence[str]) -> dict[int, int]:
    return {each.id: each.about_id for each in found if each.verb in verbs and each.about_id is not None}


def _of_role(member: Member) -> About:
    here = {"network": member.network.slug, "member_id": member.id}
    role = member.role or ""
    answer = path_for("networks.confirm_role", **here, role=role) if role else ""
    return About(str(ROLE_WORDS.get(role, "")), path_for("networks.profile", **here), answer)


def _of_school(member: Member) -> About:
    here = {"network": member.network.slug, "member_id": member.id}
    school = member.claimed_site
    answer = path_for("networks.confirm_site", **here, site_id=school.id) if school else ""
    return About(school.short_name if school else "", path_for("networks.profile", **here), answer)


def _of_site(site: Site, verb: str) -> About:
    page = "feed.index" if verb == "site_opened" else "networks.edit_profile"
    return About(site.short_name, path_for(page, network=site.network.slug))
