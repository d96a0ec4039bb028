"""Sharing: a contribution from its `Piece`, and replies to it.

A *piece* is what a kind hands over once it has checked its own fields: title, clean HTML and
the small card. The rest, who and where and when, numbering, files, mentions, is written here
once, for every kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.contributions.actions.asking import ask_first, keep_decisions, words_on_card
from app.contributions.actions.attaching import attach
from app.contributions.actions.drafts import discard_draft
from app.contributions.actions.holding import ask_to_wait, require_turn
from app.contributions.actions.mentioning import mention_people
from app.contributions.actions.once import KeyReused, again_if_raced, posted_before, remember
from app.contributions.actions.pace import keep_sharing_pace, same_reply, same_words
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


@dataclass(frozen=True)
class Piece:
    """`html` is clean; `card` is small JSON for the card; `raw` is what the client sent."""

    kind: str
    html: str
    title: str = ""
    text: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    grades: int = 0
    driver_id: int | None = None
    file_keys: Sequence[str] = ()
    file_alts: Sequence[str] = ()
    reports_on_id: int | None = None
    stays: bool = False
    """Whether it is stamped "stays in this space"."""
    sealed: bool = False
    """Whether it goes without its author's name; its files were written anew before (`take_names_out`)."""
    raw: Any = None


@again_if_raced
@command
def share(actor: Member, space: Space, piece: Piece, *, key: str | None = None) -> Contribution:
    """Post `piece` in `space`, once for each `key`.

    Raises NotFound for a space, files or driver that are not the actor's to name, Forbidden, KeyReused,
    TooFast, SaidBefore, NotSealable, and StudentData for what its author has not decided on.
    """
    body = piece.raw if piece.raw is not None else {"kind": piece.kind, "html": piece.html}
    body = [body, "stays"] if piece.stays else body
    before = posted_before(actor, key, [space.id, body], sealed=piece.sealed)
    if before is not None:
        return before
    space = get_space(actor, space.id)
    require_share_in(actor, space)
    kinds.get(piece.kind)
    said = piece.text or text.plain(piece.html)
    found = ask_first(
        actor, piece.title, said, *words_on_card(piece.card), *piece.file_alts, file_keys=piece.file_keys
    )
    anew = None if piece.file_keys else same_words(space, piece.kind, piece.title, said)
    if piece.sealed:
        require_sealable(actor, space, piece.kind, piece.outcome)
        keep_sealed_pace(actor, "post", anew)
    else:
        keep_sharing_pace(actor, piece.kind, same_as=anew)
    contribution = _made_of(piece, None if piece.sealed else actor, space, said)
    contribution.driver_id = named_driver(actor, piece.driver_id)
    contribution.reports_on_id = _idea(actor, piece.reports_on_id)
    ask_to_wait(actor, contribution, overruled=bool(of_students(found)), sealed=piece.sealed)
    db.session.add(contribution)
    db.session.flush()
    if piece.sealed:
        seal(actor, contribution)
    attach(actor, contribution, piece.file_keys, piece.file_alts)
    keep_decisions(contribution, found)
    remember(actor, key, [space.id, body], contribution, sealed=piece.sealed)
    _say_posted(contribution)
    mention_people(actor, contribution)
    if contribution.reports_on_id is not None:
        bump(contribution.reports_on_id)
        kept = keep_promise(actor, contribution.reports_on_id, contribution)
        by = None if piece.sealed else actor.id
        publish(CommitmentReported(kept, contribution.reports_on_id, contribution.id, by))
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
    body = [root.id, parent_id, html, list(file_keys), *([vars(excerpt)] if excerpt else [])]
    body += ["named"] if named else []
    sealed = answers_unnamed(actor, root) and not named
    before = posted_before(actor, key, body, sealed=sealed)
    if before is not None:
        return before
    _hold(root.id)
    root = get_root(actor, root.id)
    require(can_post_reply(actor, root))
    clean = text.clean(html)
    if text.is_blank(clean) and not file_keys:
        raise ValueError("empty")
    found = ask_first(actor, text.plain(clean), *file_alts, file_keys=file_keys)
    require_turn(actor, root)
    parent = _parent(actor, root, parent_id)
    same_as = None if file_keys else same_reply(root, parent, clean)
    if sealed:
        keep_sealed_pace(actor, "reply", same_as)
    else:
        keep_sharing_pace(actor, "reply", same_as=same_as)
    reply = _say_under(actor, root, parent, clean, overruled=bool(of_students(found)), sealed=sealed)
    if sealed:
        seal(actor, reply)
    position = reply.position or 0
    if parent is not None and reply.state == "published":
        bump(parent.id, reply_count=Contribution.reply_count + 1)
    attach(actor, reply, file_keys, file_alts)
    keep_decisions(reply, found)
    quote(actor, reply, excerpt)
    step_over(actor, root.id, position)
    remember(actor, key, body, reply, sealed=sealed)
    discard_draft(actor, "reply", f"reply:{root.id}")
    _say_posted(reply)
    mention_people(actor, reply)
    return reply


def _made_of(piece: Piece, author: Member | None, space: Space, said: str) -> Contribution:
    made = _new(author, space, piece.kind, clock.now())
    made.title, made.html, made.text = piece.title, piece.html, said
    made.outcome, made.grades = piece.outcome, piece.grades
    made.card, made.stays = dict(piece.card), piece.stays
    return made


def _say_posted(made: Contribution) -> None:
    if made.state != "published":
        publish(ContributionWaits(made.id, made.state_reason or ""))
    elif made.root_id is None:
        publish(ContributionPosted(made.id, made.space_id, made.network_id))
    else:
        publish(ReplyPosted(made.id, made.root_id, made.parent_id, made.space_id))


def _say_under(
    actor: Member,
    root: Contribution,
    parent: Contribution | None,
    clean: str,
    *,
    overruled: bool,
    sealed: bool,
) -> Contribution:
    """The reply's row, at its place under the root."""
    reply = _new(None if sealed else actor, root.space, "reply", clock.now())
    reply.root_id, reply.parent_id = root.id, parent.id if parent else None
    reply.html, reply.text = clean, text.plain(clean)
    ask_to_wait(actor, reply, overruled=overruled, sealed=sealed)
    reply.position = _next_position(root, counted=reply.state == "published")
    db.session.add(reply)
    db.session.flush()
    return reply


def _hold(root_id: int) -> None:
    """Until the commit the root stays in its space: a move waits, or was seen."""
    db.session.execute(select(Contribution.id).where(Contribution.id == root_id).with_for_update())


def _new(author: Member | None, space: Space, kind: str, now: datetime) -> Contribution:
    """The row with its author as they are today: role, site and grades are kept. None: it will be sealed."""
    return Contribution(
        network_id=space.network_id,
        space_id=space.id,
        space=space,
        kind=kind,
        author_id=author.id if author else None,
        author_role=author.role if author else None,
        author_site_id=author.site_id if author else None,
        author_grades=author.grades if author else 0,
        state="published",
        card={},
        published_at=now,
        created_at=now,
        active_at=now,
    )


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


def _next_position(root: Contribution, *, counted: bool) -> int:
    """The next number of the root's own counter; the row is locked until the commit."""
    more = {"reply_count": Contribution.reply_count + 1, "active_at": clock.now()} if counted else {}
    return int(
        db.session.execute(
            update(Contribution)
            .where(Contribution.id == root.id)
            .values(
                reply_seq=Contribution.reply_seq + 1,
                version=Contribution.version + 1,
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
