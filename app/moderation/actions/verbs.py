"""What each act does, and how it is undone: pairs of functions, and nothing about who may.

`do` changes what is there and answers with how it was; `undo` gets that back and changes only what is still
as the act left it, so that two people's acts on one thing never undo each other by accident.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.contributions.actions import keep_held, move, put_back, take_down
from app.contributions.actions.holding import EDIT_ASKED, set_locked, slow_down
from app.contributions.models import Contribution
from app.contributions.policy import can_move
from app.conversations.actions import begin_conversation
from app.conversations.policy import takes
from app.conversations.queries import same_people
from app.core import clock, text
from app.core.access import Forbidden, NotFound
from app.core.bell import Hushed
from app.core.db import db
from app.core.events import publish
from app.moderation.actions.standing import (
    BY_MODERATOR,
    Before,
    acts_like,
    in_talk,
    moment_of,
    said_of,
    stand_as_judged,
    unwind,
)
from app.moderation.models import Act, Case
from app.networks import actions as networks
from app.networks.models import Member
from app.networks.policy import can_end_membership
from app.spaces.actions import add_to_space
from app.spaces.models import Space, SpaceMember
from app.spaces.queries import get_space


@dataclass(frozen=True)
class How:
    """What an act needs beside its verb; each verb takes what is its own."""

    letter: str = ""
    until: datetime | None = None
    minutes: int = 0
    space_id: int | None = None


class WrittenSince(Forbidden):
    """It was moved, and people have written in it since: that was said to the people of its new place."""


Do = Callable[[Member, Case, How], Before]
Undo = Callable[[Member, Case, Act], None]


def item_of(case: Case) -> Contribution | None:
    """What the case is about, while it is there; its row is locked until the commit."""
    if case.contribution_id is None:
        return None
    query = (
        select(Contribution).where(Contribution.id == case.contribution_id).with_for_update(of=Contribution)
    )
    found: Contribution | None = db.session.scalar(query.execution_options(populate_existing=True))
    return found


def _item(case: Case) -> Contribution:
    found = item_of(case)
    if found is None:
        raise NotFound
    return found


def _state(it: Contribution, case: Case) -> Before:
    return {"state": it.state, "reason": it.state_reason, "holds": case.holds}


def let_back(case: Case) -> bool:
    """What waited for this to be judged, and for nothing else, is seen again; whether anything is."""
    it = item_of(case) if case.holds else None
    case.holds = False
    if it is None or it.state != "held":
        return False
    stand_as_judged(it)
    publish(Hushed("mod_held", it.id))
    return it.state == "published"


def _none(_actor: Member, case: Case, _how: How) -> Before:
    it = item_of(case)
    return _state(it, case) if it is not None else {}


def _seen_undone(_actor: Member, case: Case, act: Act) -> None:
    it = item_of(case)
    if it is not None and act.returned_at is None:
        stand_as_judged(it, but=act)


def _talk(actor: Member, case: Case, how: How) -> Before:
    """The letter is also the beginning of a conversation, where the author takes one."""
    author = case.author
    if author is None or author.id == actor.id:
        return {}
    if same_people(actor, [author.id]) is None and not takes(author, actor):
        return {}
    message = begin_conversation(actor, [author.id], html=text.from_plain(how.letter))
    return {"message_id": message.id, "root_id": message.root_id}


def _nothing_undone(_actor: Member, _case: Case, _act: Act) -> None:
    """Words that were said stay said."""


def _hold_for(reason: str) -> Do:
    def do(_actor: Member, case: Case, _how: How) -> Before:
        if case.subject != "contribution":
            return {}
        it = _item(case)
        before = _state(it, case)
        if it.state == "removed":
            raise NotFound
        keep_held(it, reason=reason)
        return before

    return do


def _remove(_actor: Member, case: Case, _how: How) -> Before:
    it = _item(case)
    before = _state(it, case)
    if it.state == "removed":
        raise NotFound
    take_down(it, reason=BY_MODERATOR)
    return before


def _root(case: Case) -> Contribution:
    it = _item(case)
    return it.root or it


def _lock(_actor: Member, case: Case, _how: How) -> Before:
    root = _root(case)
    before = {"locked": root.locked, "left": {"locked": True}}
    set_locked(root, locked=True)
    return before


def _lock_undone(_actor: Member, case: Case, act: Act) -> None:
    root = _root(case)

    def put(was: Before) -> None:
        set_locked(root, locked=bool(was["locked"]))

    unwind(act, acts_like(act, in_talk(root)), {"locked": root.locked}, put)


def _slow(_actor: Member, case: Case, how: How) -> Before:
    root = _root(case)
    before = {"minutes": root.slow_minutes, "left": {"minutes": how.minutes}}
    slow_down(root, how.minutes)
    return before


def _slow_undone(_actor: Member, case: Case, act: Act) -> None:
    root = _root(case)

    def put(was: Before) -> None:
        slow_down(root, int(was["minutes"]))

    unwind(act, acts_like(act, in_talk(root)), {"minutes": root.slow_minutes}, put)


def _move(actor: Member, case: Case, how: How) -> Before:
    """Only where this judge sees it and keeps order there: a case opens no space."""
    root, target = _root(case), get_space(actor, how.space_id or 0)
    if root.state != "published" or not can_move(actor, root):
        raise Forbidden
    since = clock.now().isoformat()
    before = {"space_id": root.space_id, "since": since, "left": {"space_id": target.id}}
    move(actor, root, target)
    return before


def _move_undone(_actor: Member, case: Case, act: Act) -> None:
    root = _root(case)

    def put(was: Before) -> None:
        space = db.session.get_one(Space, int(was["space_id"]))
        try:
            put_back(root, space, since=moment_of(was.get("since")) or act.made_at)
        except Forbidden as error:
            raise WrittenSince from error

    if root.space_id != act.before["space_id"]:
        unwind(act, acts_like(act, in_talk(root)), {"space_id": root.space_id}, put)


def _member(actor: Member, case: Case) -> Member:
    member = case.author
    if member is None or not can_end_membership(actor, member):
        raise Forbidden
    return member


def _read_first(actor: Member, case: Case, how: How) -> Before:
    member = _member(actor, case)
    before = {"until": said_of(member.approval_until), "left": {"until": said_of(how.until)}}
    networks.read_first_until(member, how.until)
    return before


def _read_first_undone(_actor: Member, case: Case, act: Act) -> None:
    member = case.author
    if member is None:
        return

    def put(was: Before) -> None:
        networks.read_first_until(member, moment_of(was["until"]))

    line = acts_like(act, Act.member_id == member.id)
    unwind(act, line, {"until": said_of(member.approval_until)}, put)


def _pause(actor: Member, case: Case, how: How) -> Before:
    member = _member(actor, case)
    until = how.until or clock.now()
    left = {"until": said_of(until)}
    before = {"standing": member.standing, "until": said_of(member.paused_until), "left": left}
    networks.rest_until(member, until)
    return before


def _pause_undone(_actor: Member, case: Case, act: Act) -> None:
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


def _end(actor: Member, case: Case, _how: How) -> Before:
    member = _member(actor, case)
    rows = select(SpaceMember.space_id, SpaceMember.role).where(SpaceMember.member_id == member.id)
    before = {
        "spaces": [[row.space_id, row.role] for row in db.session.execute(rows)],
        "facilitator": member.is_facilitator,
        "director": member.is_director,
    }
    networks.end_membership(actor, member)
    return before


def _end_undone(actor: Member, case: Case, act: Act) -> None:
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


VERBS: dict[str, tuple[Do, Undo]] = {
    "none": (_none, _seen_undone),
    "talk": (_talk, _nothing_undone),
    "ask_edit": (_hold_for(EDIT_ASKED), _seen_undone),
    "hide": (_hold_for(BY_MODERATOR), _seen_undone),
    "remove": (_remove, _seen_undone),
    "lock": (_lock, _lock_undone),
    "slow": (_slow, _slow_undone),
    "move": (_move, _move_undone),
    "read_first": (_read_first, _read_first_undone),
    "pause": (_pause, _pause_undone),
    "end": (_end, _end_undone),
}
