"""What an act on a membership does, and how it is undone; as in `verbs`, nothing about who may."""

from sqlalchemy import select

from app.core import clock
from app.core.access import Forbidden
from app.core.db import db
from app.moderation.actions.how import How
from app.moderation.actions.standing import Before, acts_like, moment_of, said_of, unwind
from app.moderation.models import Act, Case
from app.networks import actions as networks
from app.networks.models import Member
from app.networks.policy import can_end_membership
from app.spaces.actions import add_to_space
from app.spaces.models import Space, SpaceMember


def _member(actor: Member, case: Case) -> Member:
    member = case.author
    if member is None or not can_end_membership(actor, member):
        raise Forbidden
    return member


def read_first(actor: Member, case: Case, how: How) -> Before:
    member = _member(actor, case)
    before = {"until": said_of(member.approval_until), "left": {"until": said_of(how.until)}}
    networks.read_first_until(member, how.until)
    return before


def read_first_undone(_actor: Member, case: Case, act: Act) -> None:
    member = case.author
    if member is None:
        return

    def put(was: Before) -> None:
        networks.read_first_until(member, moment_of(was["until"]))

    line = acts_like(act, Act.member_id == member.id)
    unwind(act, line, {"until": said_of(member.approval_until)}, put)


def pause(actor: Member, case: Case, how: How) -> Before:
    member = _member(actor, case)
    until = how.until or clock.now()
    before = {
        "standing": member.standing,
        "until": said_of(member.paused_until),
        "left": {"until": said_of(until)},
    }
    networks.rest_until(member, until)
    return before


def pause_undone(_actor: Member, case: Case, act: Act) -> None:
    """Another break may stand, or one of their own that they were on before; else it is over."""
    member = case.author
    if member is None:
        return

    def put(was: Before) -> None:
        until = moment_of(was["until"])
        if was["standing"] == "paused" and (until is None or until > clock.now()):
            networks.rest_as_before(member, until)
        else:
            networks.end_rest(member)

    unwind(act, acts_like(act, Act.member_id == member.id), {"until": said_of(member.paused_until)}, put)


def end(actor: Member, case: Case, _how: How) -> Before:
    member = _member(actor, case)
    rows = select(SpaceMember.space_id, SpaceMember.role).where(SpaceMember.member_id == member.id)
    before = {
        "spaces": [[row.space_id, row.role] for row in db.session.execute(rows)],
        "facilitator": member.is_facilitator,
        "director": member.is_director,
    }
    networks.end_membership(actor, member)
    return before


def end_undone(actor: Member, case: Case, act: Act) -> None:
    """Back in, as facilitator or director if they were one, and back in the groups that were joined; who
    leads them and what was talked of is not touched. Only a director makes a director again.
    """
    member = case.author
    if member is None or member.standing != "former":
        return
    networks.take_back_in(member)
    director = bool(act.before.get("director")) and actor.is_director
    networks.give_back_hub_role(
        actor, member, facilitator=bool(act.before.get("facilitator")), director=director
    )
    for space_id, _role in act.before.get("spaces", []):
        space = db.session.get(Space, space_id)
        if space is not None and space.kind == "group" and space.archived_at is None:
            add_to_space(space, member)
