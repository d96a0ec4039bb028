"""Editing with history, removing, and holding back.

A removed contribution keeps no text in its row: it goes into a revision, which no door shows,
so that nothing can leak by mistake and a moderator's removal can still be undone.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from app.contributions.actions.asking import ask_first, keep_decisions, kept_marks, words_on_card
from app.contributions.actions.holding import waits_again, words_of
from app.contributions.actions.pinning import forget_pin
from app.contributions.actions.posting import mention_people, next_position
from app.contributions.actions.quoting import follow_words, show_again
from app.contributions.actions.reading import step_over
from app.contributions.actions.stewarding import forget_answer
from app.contributions.events import (
    ContributionEdited,
    ContributionHeld,
    ContributionPosted,
    ContributionRemoved,
    ContributionWaits,
    HeldEdited,
    ReplyEdited,
    ReplyPosted,
    ReplyRemoved,
    WordsEdited,
)
from app.contributions.models import Contribution, Revision
from app.contributions.policy import can_edit, can_remove, require, was_asked_to_edit
from app.contributions.queries import get_contribution, get_to_take_back
from app.core import clock, text
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.privacy.models import of_students, undecided


class Unchanged(ValueError):
    """An edit was asked for, and this one changes no word; nothing was saved."""


class Conflict(Exception):
    """Somebody (perhaps oneself, in another tab) edited it meanwhile; nothing was changed."""


@command
def edit_contribution(
    actor: Member,
    contribution: Contribution,
    *,
    html: str,
    title: str | None = None,
    seen: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Contribution:
    """Say it differently; what it said before stays in its history.

    `seen` is `edit_mark()` of the text that the editor started from: another one is a
    Conflict. `changes` are the kind's own columns (card, outcome, grades, text). Raises StudentData,
    and Unchanged where an edit was asked for.
    """
    contribution = _in_hand(actor, contribution.id, seen)
    clean = text.clean(html)
    if text.is_blank(clean) and not contribution.card.get("files") and not changes:
        raise ValueError("empty")
    title, plain, changes = contribution.title if title is None else title, text.plain(clean), changes or {}
    said = [title, plain, changes.get("text"), *words_on_card(changes.get("card") or {})]
    found = ask_first(actor, *said, contribution=contribution)
    anew = of_students(undecided(found, kept_marks(contribution)))
    before, words = contribution.text, words_of(contribution)
    asked = was_asked_to_edit(contribution)
    is_new = _rewrite(contribution, {"title": title, "html": clean, "text": plain, **changes})
    if asked and not is_new:
        raise Unchanged
    keep_decisions(contribution, found)
    follow_words(contribution, before)
    # What an edit was asked for comes back by itself: all its words are looked at, not the new ones alone.
    known = "" if asked else words
    _say_edited(contribution, waits_again(actor, contribution, known, overruled=bool(anew)))
    mention_people(actor, contribution)
    return contribution


def _in_hand(actor: Member, contribution_id: int, seen: str | None) -> Contribution:
    """What the actor edits, as it is now, locked until the commit. Raises Conflict, NotFound, Forbidden."""
    # Who judges it holds its row: an edit comes before, and they read it, or after, and it waits anew.
    held = select(Contribution.id).where(Contribution.id == contribution_id)
    db.session.execute(held.with_for_update())
    contribution = get_contribution(actor, contribution_id)
    require(can_edit(actor, contribution))
    if seen is not None and seen != edit_mark(contribution):
        raise Conflict
    return contribution


def _rewrite(contribution: Contribution, wanted: Mapping[str, Any]) -> bool:
    """Put these columns in its row, and what they were into its history; whether a word is different."""
    _keep(contribution)
    before = contribution.html, words_of(contribution)
    for column, value in wanted.items():
        setattr(contribution, column, value)
    contribution.edited_at = clock.now()
    contribution.version += 1
    db.session.flush()
    return (contribution.html, words_of(contribution)) != before


def edit_mark(contribution: Contribution) -> str:
    """Names the text that somebody began to edit, whatever else changed since."""
    return contribution.edited_at.isoformat() if contribution.edited_at else "first"


def _say_edited(contribution: Contribution, waits: str | None) -> None:
    if contribution.state == "published" and waits is not None:
        hold(contribution, reason=waits)
        publish(ContributionWaits(contribution.id, waits))
        return
    if contribution.state != "published":
        publish(HeldEdited(contribution.id, contribution.state_reason or "", waits))
        return
    if contribution.root_id is None:
        publish(ContributionEdited(contribution.id, contribution.space_id))
    else:
        _count_out(contribution, by=0)
        publish(ReplyEdited(contribution.id, contribution.root_id))
    publish(WordsEdited(contribution.id))


def _keep(contribution: Contribution) -> None:
    db.session.add(
        Revision(
            contribution_id=contribution.id,
            version=contribution.version,
            title=contribution.title,
            html=contribution.html,
            card={
                **contribution.card,
                "outcome": contribution.outcome,
                "held": contribution.state == "held",
                **_words_of_its_own(contribution),
            },
            said_at=contribution.edited_at or contribution.published_at,
        )
    )


def _words_of_its_own(contribution: Contribution) -> dict[str, str]:
    """Where a kind keeps more words to be found by than its html has."""
    own = contribution.text
    return {"text": own} if own != text.plain(contribution.html) else {}


@command
def remove_contribution(actor: Member, contribution: Contribution) -> None:
    """The author takes it back, wherever they are now; with replies by others a tombstone stays."""
    contribution = get_to_take_back(actor, contribution.id)
    require(can_remove(actor, contribution))
    take_down(contribution, reason="author")


@command
def take_down(contribution: Contribution, *, reason: str) -> None:
    """Remove from every door at once. The caller has checked that it may."""
    shown, whose = contribution.state == "published", contribution.author_id
    _keep(contribution)
    contribution.state, contribution.state_reason = "removed", reason
    contribution.title = contribution.html = contribution.text = ""
    contribution.card, contribution.outcome = {}, None
    contribution.version += 1
    db.session.flush()
    _let_go_of(contribution)
    if contribution.root_id is None:
        publish(ContributionRemoved(contribution.id, contribution.space_id, reason, shown, whose))
        return
    if shown:
        _count_out(contribution)
    publish(ReplyRemoved(contribution.id, contribution.root_id, reason, shown, whose))


def _let_go_of(contribution: Contribution) -> None:
    """What quotes it, or has it for an answer, does so no more; it is on top of nothing."""
    forget_pin(contribution.id)
    show_again(contribution)
    forget_answer(contribution)


def _count_out(reply: Contribution, by: int = -1) -> None:
    """Take a reply out of the counts of its root and parent, whose cards show it; its position is
    never reused."""
    for counted_id in {reply.root_id, reply.parent_id} - {None}:
        db.session.execute(
            update(Contribution)
            .where(Contribution.id == counted_id)
            .values(reply_count=Contribution.reply_count + by, version=Contribution.version + 1)
        )


@command
def hold(contribution: Contribution, *, reason: str) -> None:
    """Hold back a published contribution: its author alone sees it, as held."""
    if contribution.state != "published":
        return
    contribution.state, contribution.state_reason = "held", reason
    contribution.version += 1
    db.session.flush()
    _let_go_of(contribution)
    if contribution.root_id is None:
        publish(ContributionHeld(contribution.id, contribution.space_id, reason))
    else:
        _count_out(contribution)
        publish(ReplyRemoved(contribution.id, contribution.root_id, reason))


@command
def keep_held(contribution: Contribution, *, reason: str) -> None:
    """Held for this reason from now on, whatever it was before: also back from a removal, without being
    seen in between."""
    if contribution.state == "published":
        hold(contribution, reason=reason)
        return
    if contribution.state == "removed":
        _put_back(contribution)
    contribution.state, contribution.state_reason = "held", reason
    contribution.version += 1
    db.session.flush()


@command
def restore(contribution: Contribution) -> None:
    """Undo a hold, or a removal from its newest revision."""
    if contribution.state == "published":
        return
    if contribution.state == "removed":
        _put_back(contribution)
    if contribution.is_unseen:
        # It is as new as what was shared just now, and unread for all who have read what came meanwhile.
        contribution.published_at = contribution.active_at = clock.now()
        _give_place(contribution)
    contribution.state, contribution.state_reason = "published", None
    contribution.version += 1
    db.session.flush()
    show_again(contribution)
    if contribution.root_id is None:
        publish(ContributionPosted(contribution.id, contribution.space_id, contribution.network_id))
    else:
        _count_out(contribution, by=1)
        publish(
            ReplyPosted(contribution.id, contribution.root_id, contribution.parent_id, contribution.space_id)
        )


def _give_place(contribution: Contribution) -> None:
    """Shown from now on; who had read the talk to its end has read their own reply."""
    if contribution.root is None:
        contribution.position = None
        return
    position = contribution.position = next_position(contribution.root, counted=False)
    if contribution.author is not None:
        step_over(contribution.author, contribution.root.id, position)


def can_come_back(contribution: Contribution) -> bool:
    """Whether its words are still there; who deletes their account may take them along from a removal too."""
    words = select(Revision.id).where(Revision.contribution_id == contribution.id)
    return contribution.state != "removed" or db.session.scalar(words.limit(1)) is not None


def _put_back(contribution: Contribution) -> None:
    newest = db.session.scalars(
        select(Revision)
        .where(Revision.contribution_id == contribution.id)
        .order_by(Revision.version.desc())
        .limit(1)
    ).one()
    card = {name: value for name, value in newest.card.items() if name != "held"}
    contribution.outcome, words = card.pop("outcome", None), card.pop("text", None)
    contribution.title, contribution.html, contribution.card = newest.title, newest.html, card
    contribution.text = text.plain(newest.html) if words is None else words
    db.session.delete(newest)
