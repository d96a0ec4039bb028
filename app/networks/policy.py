"""Who may do what in a network: one function for each verb, and nothing else decides.

Nouns: an *actor* is a member, or the operator (command line, first set-up), who runs the
deployment. The *hub* is the facilitators and directors; its verbs are about the network and
open no content.

Rules: a paused member reads and changes only what is their own; one who asked, or left, may
do nothing; another network's hub is nobody here.
"""

from typing import Final, TypeAlias

from app.core.access import Forbidden
from app.networks.models import Member, Network

CLASSROOM: Final = ("teacher", "teacher_leader")
"""The roles of those who teach a class."""


class Operator:
    """Who runs the deployment: starts networks and fills them, sees no content."""


OPERATOR: Final = Operator()
Actor: TypeAlias = Member | Operator


def insist(allowed: bool) -> None:
    """Raises Forbidden where a verb is not allowed."""
    if not allowed:
        raise Forbidden


def _hub(actor: Actor, network_id: int) -> bool:
    if isinstance(actor, Operator):
        return True
    return actor.network_id == network_id and actor.may_write and actor.is_hub


def _director(actor: Actor, network_id: int) -> bool:
    return _hub(actor, network_id) and (isinstance(actor, Operator) or actor.is_director)


def _self(actor: Actor, member: Member) -> bool:
    return isinstance(actor, Member) and actor.id == member.id


def can_start_network(actor: Actor) -> bool:
    return isinstance(actor, Operator)


def can_enrol(actor: Actor) -> bool:
    """Making somebody a member without an invitation."""
    return isinstance(actor, Operator)


def can_change_network(actor: Actor, network: Network) -> bool:
    """Name, aim, time zone, norms, sites, drivers, and how people join."""
    return _hub(actor, network.id)


def can_put_off_norms(actor: Actor, member: Member) -> bool:
    """Reading along instead of accepting a newer version; the first norms come before anything."""
    return _self(actor, member) and member.may_read and member.norms_version is not None


def lets_seal(network: Network) -> bool:
    """Whether people may share a failure or a question without their name: off until the hub says so."""
    return bool(network.settings.get("sealing", False))


def has_sealed(network: Network) -> bool:
    """Whether there may be anything without a name in it: it was allowed once."""
    return "sealing" in network.settings


def can_set_mail(actor: Actor, network: Network) -> bool:
    """The mail server serves the whole deployment: only where it was set up, and no demo."""
    return _director(actor, network.id) and network.keeps_mail and not network.is_demo


def can_invite(actor: Actor, network: Network) -> bool:
    return _hub(actor, network.id)


def can_invite_facilitator(actor: Actor, network: Network) -> bool:
    return _director(actor, network.id)


def can_admit(actor: Actor, network: Network) -> bool:
    """Admitting and declining those who asked to join."""
    return _hub(actor, network.id)


def can_change_member(actor: Actor, member: Member) -> bool:
    """Role, site, grades and standing of another, and the yearly table."""
    return _hub(actor, member.network_id)


def can_end_membership(actor: Actor, member: Member) -> bool:
    """A facilitator does not put out a director, nor oneself (that is leaving)."""
    if _self(actor, member) or not member.may_read:
        return False
    if member.is_director:
        return _director(actor, member.network_id)
    return _hub(actor, member.network_id)


def can_give_hub_role(actor: Actor, member: Member) -> bool:
    return _director(actor, member.network_id)


def can_see_member(actor: Actor, member: Member) -> bool:
    """Profiles of those who belong here now; the hub also sees who left."""
    if isinstance(actor, Operator):
        return False
    if actor.network_id != member.network_id or not actor.may_read:
        return False
    return member.may_read or _hub(actor, member.network_id) or actor.id == member.id


def can_block(actor: Actor, member: Member) -> bool:
    """Anybody else of one's network, whoever they are, also while one takes a break."""
    return isinstance(actor, Member) and actor.may_read and _others(actor, member)


def _others(actor: Member, member: Member) -> bool:
    return actor.network_id == member.network_id and actor.id != member.id


def can_edit_profile(actor: Actor, member: Member) -> bool:
    return _self(actor, member) and member.may_read


def can_change_own_place(actor: Actor, member: Member) -> bool:
    """One's own school, role and grades."""
    return _self(actor, member) and member.may_write


def is_by_oneself(actor: Actor, member: Member) -> bool:
    """Whether the change is one's own: a school is then only claimed, by the hub's people too."""
    return _self(actor, member)


def can_refuse_site(actor: Actor, member: Member) -> bool:
    """The hub answers for every school; nobody for themselves."""
    waits = member.claimed_site_id is not None and member.may_read
    return waits and not _self(actor, member) and _hub(actor, member.network_id)


def can_confirm_site(actor: Actor, member: Member) -> bool:
    """The hub, and active people whose own place at that school is confirmed."""
    if can_refuse_site(actor, member):
        return True
    if isinstance(actor, Operator) or _self(actor, member) or not member.may_read:
        return False
    return actor.may_write and member.claimed_site_id is not None and actor.site_id == member.claimed_site_id


def may_take_role(actor: Actor, member: Member, role: str | None) -> bool:
    """Whoever is not a teacher does not become one by their own hand: it would open the teachers' spaces.

    Back to what one was is always open. In the welcome a role that nobody fixed is one's own to say.
    """
    if role not in CLASSROOM or not _self(actor, member):
        return True
    if member.role in CLASSROOM or member.role_before in CLASSROOM:
        return True
    nobody_fixed_it = member.role_before is None and (member.role is None or not member.role_confirmed)
    return nobody_fixed_it and member.welcomed_at is None


def needs_confirming(role: str | None) -> bool:
    """Whether one's own word is not enough for this role where groups follow roles."""
    return role is not None and role not in CLASSROOM


def can_confirm_role(actor: Actor, member: Member) -> bool:
    """The hub; nobody for themselves, as for schools."""
    waits = not member.role_confirmed and member.may_read
    return waits and not _self(actor, member) and _hub(actor, member.network_id)


def can_pause(actor: Actor, member: Member) -> bool:
    return _self(actor, member) and member.standing == "active"


def can_return(actor: Actor, member: Member) -> bool:
    """One's own break ends when one says so, another one on its day."""
    return _self(actor, member) and member.standing == "paused" and member.paused_until is None


def can_leave(actor: Actor, member: Member) -> bool:
    return _self(actor, member) and member.may_read
