"""What moderation asks of the thing shared: wait before it is seen, close a talk, slow it down.

`hold`, `restore` and `take_down` are in `editing`. A feature above says what waits, by `@asks_to_wait`: a
function that gets what somebody is about to share and answers with a reason, or None. The first reason
counts.

Nobody's rights are asked here: whoever calls has done so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.contributions.events import ContributionEdited
from app.contributions.models import Contribution
from app.contributions.policy import authored_by, seals_match
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.models import Space

WAITS = ("approval", "watch list", "privacy")
"""Reasons for which something waits before anybody saw it."""
EDIT_ASKED = "edit asked"


@dataclass(frozen=True)
class About:
    """What is about to be shared: all its words, and whether its author overruled the privacy check."""

    space: Space
    text: str
    overruled: bool = False
    is_reply: bool = False
    sealed: bool = False
    """Whether it goes without its author's name: who they are is then no reason to wait."""


Asker = Callable[[Member, About], str | None]
_askers: list[Asker] = []


class TooSoon(ValueError):
    """The talk goes slowly just now, and it is not the actor's turn yet."""


def asks_to_wait(function: Asker) -> Asker:
    """Register what says that something waits before it is seen."""
    if function not in _askers:
        _askers.append(function)
    return function


def ask_to_wait(actor: Member, made: Contribution, *, overruled: bool, sealed: bool = False) -> None:
    """Hold what is about to be shared where somebody says so; a conversation's messages are nobody's to
    read.
    """
    reason = _reason(actor, made, words_of(made), overruled=overruled, sealed=sealed)
    if reason is not None:
        made.state, made.state_reason = "held", reason


def waits_again(actor: Member, made: Contribution, before: str, *, overruled: bool) -> str | None:
    """The reason why something waits once more for what an edit brought in; `before` are its words then."""
    said = words_of(made)
    reason = _reason(actor, made, said, overruled=overruled, sealed=True)
    if reason is None or overruled:
        return reason
    return None if _reason(actor, made, before, overruled=False, sealed=True) == reason else reason


def words_of(made: Contribution) -> str:
    """All that somebody reads in it."""
    return "\n".join([made.title or "", made.text or "", *map(str, made.card.values())])


def _reason(actor: Member, made: Contribution, words: str, *, overruled: bool, sealed: bool) -> str | None:
    if made.space.kind == "conversation":
        return None
    about = About(made.space, words, overruled, made.root_id is not None, sealed)
    return next((reason for reason in (asker(actor, about) for asker in _askers) if reason), None)


@command
def set_locked(root: Contribution, *, locked: bool) -> None:
    """Close a talk to new replies, or open it again."""
    if root.locked != locked:
        root.locked = locked
        _say_changed(root)


@command
def slow_down(root: Contribution, minutes: int) -> None:
    """Let each person reply once in so many minutes; 0 ends it."""
    if root.slow_minutes != minutes:
        root.slow_minutes = minutes
        _say_changed(root)


def require_turn(actor: Member, root: Contribution) -> None:
    """Raises TooSoon where the talk goes slowly and the actor replied a moment ago."""
    if not root.slow_minutes:
        return
    since = clock.now() - timedelta(minutes=root.slow_minutes)
    lately = (Contribution.root_id == root.id, Contribution.created_at > since)
    mine = select(Contribution.id).where(*lately, authored_by(actor))
    sealed = select(Contribution.id, Contribution.seal).where(*lately, Contribution.seal.is_not(None))
    if db.session.scalar(mine.limit(1)) is not None or any(
        seals_match(actor, row.id, row.seal or "") for row in db.session.execute(sealed)
    ):
        raise TooSoon


def _say_changed(root: Contribution) -> None:
    root.version += 1
    db.session.flush()
    publish(ContributionEdited(root.id, root.space_id))
