"""What each act does, and how it is undone: pairs of functions, and nothing about who may.

`do` changes what is there and answers with how it was; `undo` gets that back and changes only what is still
as the act left it, so that two people's acts on one thing never undo each other by accident.
"""

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
from app.moderation.actions.how import Do, How, Undo
from app.moderation.actions.memberships import (
    end,
    end_undone,
    pause,
    pause_undone,
    read_first,
    read_first_undone,
)
from app.moderation.actions.standing import (
    BY_MODERATOR,
    Before,
    acts_like,
    in_talk,
    moment_of,
    stand_as_judged,
    unwind,
)
from app.moderation.models import Act, Case
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.queries import get_space


class WrittenSince(Forbidden):
    """It was moved, and people have written in it since: that was said to the people of its new place."""


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


VERBS: dict[str, tuple[Do, Undo]] = {
    "none": (_none, _seen_undone),
    "talk": (_talk, _nothing_undone),
    "ask_edit": (_hold_for(EDIT_ASKED), _seen_undone),
    "hide": (_hold_for(BY_MODERATOR), _seen_undone),
    "remove": (_remove, _seen_undone),
    "lock": (_lock, _lock_undone),
    "slow": (_slow, _slow_undone),
    "move": (_move, _move_undone),
    "read_first": (read_first, read_first_undone),
    "pause": (pause, pause_undone),
    "end": (end, end_undone),
}
