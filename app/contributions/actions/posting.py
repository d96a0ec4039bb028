"""Sharing: a contribution from its `Piece`, and replies to it.

What a kind hands over is a `Piece`. The rest, who and where and when, numbering, files, mentions, is written
here once, for every kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update

from app.contributions.actions.asking import ask_first, keep_decisions
from app.contributions.actions.attaching import attach
from app.contributions.actions.drafts import end_draft
from app.contributions.actions.holding import ask_to_wait, require_turn
from app.contributions.actions.mentioning import mention_people
from app.contributions.actions.once import KeyReused, Sent, again_if_raced, posted_before, remember
from app.contributions.actions.pace import keep_sharing_pace, same_reply, same_words
from app.contributions.actions.pieces import Piece, new_row
from app.contributions.actions.promising import bump, keep_promise
from app.contributions.actions.quoting import Excerpt, quote
from app.contributions.actions.reading import step_over
from app.contributions.actions.sealing import answers_unnamed, keep_sealed_pace, require_sealable, seal
from app.contributions.events import (
    CommitmentReported,
    ContributionPosted,
    ContributionWaits,
    ReplyPosted,
)
from app.contributions.models import Contribution
from app.contributions.models.contributions import UNSEEN_FROM
from app.contributions.policy import can_post_reply, require, visible_to
from app.contributions.queries import get_root
from app.core import clock, text
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.kinds import kinds
from app.networks.models import Member
from app.networks.queries import driver_of
from app.privacy.models import of_students
from app.spaces.models import Space
from app.spaces.policy import require_share_in
from app.spaces.queries import get_space

__all__ = ["KeyReused", "Piece", "keep_promise", "mention_people", "named_driver", "post_reply", "share"]

REPLY_LIMIT = 20_000
"""Characters of a reply's text."""


@again_if_raced
@command
def share(actor: Member, space: Space, piece: Piece, *, key: str | None = None) -> Contribution:
    """Post `piece` in `space`, once for each `key`.

    Raises NotFound for a space, files or driver that are not the actor's to name, Forbidden, KeyReused,
    TooFast, SaidBefore, NotSealable, and StudentData for what its author has not decided on.
    """
    sent = Sent(actor, key, [space.id, piece.sent], piece.sealed)
    before = posted_before(sent)
    if before is not None:
        return before
    space = get_space(actor, space.id)
    require_share_in(actor, space)
    kinds.get(piece.kind)
    found = ask_first(actor, *piece.words, file_keys=piece.file_keys)
    if piece.sealed:
        require_sealable(actor, space, piece.kind, piece.outcome)
    anew = None if piece.file_keys else same_words(space, piece.kind, piece.title, piece.said)
    _keep_pace(actor, piece.kind, anew, sealed=piece.sealed)
    contribution = _made_of(actor, space, piece)
    ask_to_wait(actor, contribution, overruled=bool(of_students(found)), sealed=piece.sealed)
    _set_down(actor, contribution, sealed=piece.sealed)
    attach(actor, contribution, piece.file_keys, piece.file_alts)
    keep_decisions(contribution, found)
    remember(sent, contribution)
    _say_posted(contribution)
    mention_people(actor, contribution)
    if contribution.reports_on_id is not None:
        _say_reported(actor, contribution, contribution.reports_on_id, sealed=piece.sealed)
    return contribution


@again_if_raced
@command
def post_reply(
    actor: Member,
    root: Contribution,
    *,
    html: str,
    parent_id: int | None = None,
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    excerpt: Excerpt | None = None,
    named: bool = False,
    key: str | None = None,
) -> Contribution:
    """Reply to `root`, or to one of its replies (`parent_id`), once for each `key`.

    `html` as it was typed; it is cleaned here. `excerpt` is what it quotes. Who began the talk without their
    name answers without it, unless `named`. Raises NotFound, Forbidden, KeyReused, TooFast, TooSoon,
    SaidBefore, NotSealable, StudentData, text.TooLong, and ValueError where nothing is said.
    """
    said = _Said(html, list(file_keys), list(file_alts), excerpt)
    body = [root.id, parent_id, html, said.file_keys, *([vars(excerpt)] if excerpt else [])]
    sealed = answers_unnamed(actor, root) and not named
    sent = Sent(actor, key, [*body, "named"] if named else body, sealed)
    before = posted_before(sent)
    if before is not None:
        return before
    _hold(root.id)
    root = get_root(actor, root.id)
    require(can_post_reply(actor, root))
    reply = _say_under(actor, root, parent_id, said, sealed=sealed)
    remember(sent, reply)
    end_draft(actor, "reply", f"reply:{root.id}", unnamed=sealed)
    _say_posted(reply)
    mention_people(actor, reply)
    return reply


@dataclass(frozen=True)
class _Said:
    """What a reply says: words as they were typed, files, and what it quotes."""

    html: str
    file_keys: list[str]
    file_alts: list[str]
    excerpt: Excerpt | None


def _say_under(
    actor: Member, root: Contribution, parent_id: int | None, said: _Said, *, sealed: bool
) -> Contribution:
    """The reply's row, at its place under the root, with all that it carries."""
    clean = text.clean(said.html)
    if text.is_blank(clean) and not said.file_keys:
        raise ValueError("empty")
    found = ask_first(actor, text.plain(clean), *said.file_alts, file_keys=said.file_keys)
    require_turn(actor, root)
    parent = _parent(actor, root, parent_id)
    _keep_pace(actor, "reply", None if said.file_keys else same_reply(root, parent, clean), sealed=sealed)
    reply = new_row(None if sealed else actor, root.space, "reply")
    reply.root_id, reply.parent_id = root.id, parent.id if parent else None
    reply.html, reply.text = clean, text.plain(clean)
    ask_to_wait(actor, reply, overruled=bool(of_students(found)), sealed=sealed)
    is_seen = reply.state == "published"
    if is_seen:
        reply.position = position = next_position(root)
        step_over(actor, root.id, position)
    _set_down(actor, reply, sealed=sealed)
    if parent is not None and is_seen:
        bump(parent.id, reply_count=Contribution.reply_count + 1)
    attach(actor, reply, said.file_keys, said.file_alts)
    keep_decisions(reply, found)
    quote(actor, reply, said.excerpt)
    return reply


def _keep_pace(actor: Member, kind: str, same_as: ColumnElement[bool] | None, *, sealed: bool) -> None:
    """Before another of `kind`: what goes without a name is counted apart, and nowhere kept. Raises TooFast,
    and SaidBefore where `same_as` (a clause) holds just now.
    """
    if sealed:
        keep_sealed_pace(actor, "reply" if kind == "reply" else "post", same_as)
    else:
        keep_sharing_pace(actor, kind, same_as=same_as)


def _set_down(actor: Member, made: Contribution, *, sealed: bool) -> None:
    """Its row, with its author behind a seal where it goes without their name."""
    db.session.add(made)
    db.session.flush()
    if made.state == "held":
        made.position = UNSEEN_FROM + made.id
    if sealed:
        seal(actor, made)


def _say_reported(actor: Member, made: Contribution, idea_id: int, *, sealed: bool) -> None:
    """It tells how an idea went, which its author had perhaps promised to try."""
    bump(idea_id)
    kept = keep_promise(actor, idea_id, made)
    publish(CommitmentReported(kept, idea_id, made.id, None if sealed else actor.id))


def _made_of(actor: Member, space: Space, piece: Piece) -> Contribution:
    """The row of what a piece says. Raises NotFound for another's driver or idea."""
    made = new_row(None if piece.sealed else actor, space, piece.kind)
    made.title, made.html, made.text = piece.title, piece.html, piece.said
    made.outcome, made.grades = piece.outcome, piece.grades
    made.card, made.stays = dict(piece.card), piece.stays
    made.driver_id = named_driver(actor, piece.driver_id)
    made.reports_on_id = _idea(actor, piece.reports_on_id)
    return made


def _say_posted(made: Contribution) -> None:
    if made.state != "published":
        publish(ContributionWaits(made.id, made.state_reason or ""))
    elif made.root_id is None:
        publish(ContributionPosted(made.id, made.space_id, made.network_id))
    else:
        publish(ReplyPosted(made.id, made.root_id, made.parent_id, made.space_id))


def _hold(root_id: int) -> None:
    """Until the commit the root stays in its space: a move waits, or was seen."""
    db.session.execute(select(Contribution.id).where(Contribution.id == root_id).with_for_update())


def _parent(actor: Member, root: Contribution, parent_id: int | None) -> Contribution | None:
    """The reply that is answered; under a card a reply to a reply's reply joins its group (one level)."""
    if parent_id is None:
        return None
    query = select(Contribution).where(
        Contribution.id == parent_id, Contribution.root_id == root.id, visible_to(actor)
    )
    parent = db.session.scalar(query)
    if parent is None:
        raise NotFound
    if parent.parent_id and not kinds.is_flat(root.kind):
        return db.session.get(Contribution, parent.parent_id)
    return parent


def next_position(root: Contribution, *, counted: bool = True) -> int:
    """The next number of the root's own counter; the row is locked until the commit. `counted`: one reply
    more is shown."""
    more = {"reply_count": Contribution.reply_count + 1} if counted else {}
    return int(
        db.session.execute(
            update(Contribution)
            .where(Contribution.id == root.id)
            .values(
                reply_seq=Contribution.reply_seq + 1,
                version=Contribution.version + 1,
                active_at=clock.now(),
                **more,
            )
            .returning(Contribution.reply_seq)
        ).scalar_one()
    )


def _idea(actor: Member, idea_id: int | None) -> int | None:
    return get_root(actor, idea_id).id if idea_id is not None else None


def named_driver(actor: Member, driver_id: int | None) -> int | None:
    """The id of a driver of the actor's own network. Raises NotFound for another one."""
    return driver_of(actor, driver_id).id if driver_id is not None else None
