"""Sharing: a contribution from its `Piece`, and replies to it.

A *piece* is what a kind hands over once it has checked its own fields: title, clean HTML and
the small card. The rest, who and where and when, numbering, files, mentions, is written here
once, for every kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update

from app.contributions.actions.attaching import attach
from app.contributions.actions.drafts import discard_draft
from app.contributions.actions.mentioning import mention_people
from app.contributions.actions.once import KeyReused, again_if_raced, posted_before, remember
from app.contributions.actions.pace import keep_sharing_pace
from app.contributions.actions.quoting import Excerpt, quote
from app.contributions.actions.reading import step_over
from app.contributions.actions.sealing import answers_unnamed, keep_sealed_pace, require_sealable, seal
from app.contributions.events import (
    CommitmentReported,
    ContributionPosted,
    ReplyPosted,
)
from app.contributions.models import Commitment, Contribution
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
from app.spaces.models import Space
from app.spaces.policy import require_share_in
from app.spaces.queries import get_space

__all__ = ["KeyReused", "Piece", "mention_people", "named_driver", "post_reply", "share"]

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
    sealed: bool = False
    """Whether it goes without its author's name; its files were written anew before (`take_names_out`)."""
    raw: Any = None


@again_if_raced
@command
def share(actor: Member, space: Space, piece: Piece, *, key: str | None = None) -> Contribution:
    """Post `piece` in `space`, once for each `key`.

    Raises NotFound for a space, files or driver that are not the actor's to name, Forbidden, KeyReused,
    TooFast, SaidBefore, NotSealable.
    """
    body = piece.raw if piece.raw is not None else {"kind": piece.kind, "html": piece.html}
    before = posted_before(actor, key, [space.id, body])
    if before is not None:
        return before
    space = get_space(actor, space.id)
    require_share_in(actor, space)
    kinds.get(piece.kind)
    if piece.sealed:
        require_sealable(actor, space, piece.kind, piece.outcome)
        keep_sealed_pace(actor, "post", _same_piece(space, piece))
    else:
        keep_sharing_pace(actor, piece.kind, same_as=_same_piece(space, piece))
    contribution = _new(None if piece.sealed else actor, space, piece.kind, clock.now())
    contribution.title, contribution.html = piece.title, piece.html
    contribution.text = piece.text or text.plain(piece.html)
    contribution.outcome, contribution.grades = piece.outcome, piece.grades
    contribution.card = dict(piece.card)
    contribution.driver_id = named_driver(actor, piece.driver_id)
    contribution.reports_on_id = _idea(actor, piece.reports_on_id)
    db.session.add(contribution)
    db.session.flush()
    if piece.sealed:
        seal(actor, contribution)
    attach(actor, contribution, piece.file_keys, piece.file_alts)
    remember(actor, key, [space.id, body], contribution)
    publish(ContributionPosted(contribution.id, space.id, space.network_id))
    mention_people(actor, contribution)
    if contribution.reports_on_id is not None:
        _report(actor, contribution)
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
    name answers without it, unless `named`. Raises NotFound, Forbidden, KeyReused, TooFast, SaidBefore,
    NotSealable, text.TooLong, and ValueError for a reply without a word or a file.
    """
    body = [root.id, parent_id, html, list(file_keys), *([vars(excerpt)] if excerpt else [])]
    body += ["named"] if named else []
    before = posted_before(actor, key, body)
    if before is not None:
        return before
    _hold(root.id)
    root = get_root(actor, root.id)
    require(can_post_reply(actor, root))
    clean = text.clean(html)
    if text.is_blank(clean) and not file_keys:
        raise ValueError("empty")
    parent = _parent(actor, root, parent_id)
    sealed = answers_unnamed(actor, root) and not named
    same_as = None if file_keys else _same_reply(root, parent, clean)
    if sealed:
        keep_sealed_pace(actor, "reply", same_as)
    else:
        keep_sharing_pace(actor, "reply", same_as=same_as)
    position = _next_position(root)
    reply = _say_under(None if sealed else actor, root, parent, clean, position)
    if sealed:
        seal(actor, reply)
    if parent is not None:
        _bump(parent.id, reply_count=Contribution.reply_count + 1)
    attach(actor, reply, file_keys, file_alts)
    quote(actor, reply, excerpt)
    step_over(actor, root.id, position)
    remember(actor, key, body, reply)
    discard_draft(actor, "reply", f"reply:{root.id}")
    publish(ReplyPosted(reply.id, root.id, reply.parent_id, root.space_id))
    mention_people(actor, reply)
    return reply


def _same_piece(space: Space, piece: Piece) -> ColumnElement[bool] | None:
    """The same words in the same space; what carries files, or no words, is never the same."""
    words = piece.text or text.plain(piece.html)
    if piece.file_keys or not words:
        return None
    same = (Contribution.space_id == space.id, Contribution.kind == piece.kind)
    return and_(*same, Contribution.title == piece.title, Contribution.text == words)


def _same_reply(root: Contribution, parent: Contribution | None, clean: str) -> ColumnElement[bool]:
    under = Contribution.parent_id.is_not_distinct_from(parent.id if parent else None)
    return and_(Contribution.root_id == root.id, under, Contribution.html == clean)


def _say_under(
    author: Member | None, root: Contribution, parent: Contribution | None, clean: str, position: int
) -> Contribution:
    """The reply's row, at its place under the root."""
    reply = _new(author, root.space, "reply", clock.now())
    reply.root_id, reply.parent_id = root.id, parent.id if parent else None
    reply.html, reply.text = clean, text.plain(clean)
    reply.position = position
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


def _next_position(root: Contribution) -> int:
    """The next number of the root's own counter; the row is locked until the commit."""
    return int(
        db.session.execute(
            update(Contribution)
            .where(Contribution.id == root.id)
            .values(
                reply_seq=Contribution.reply_seq + 1,
                reply_count=Contribution.reply_count + 1,
                version=Contribution.version + 1,
                active_at=clock.now(),
            )
            .returning(Contribution.reply_seq)
        ).scalar_one()
    )


def _bump(contribution_id: int, **values: Any) -> None:
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id)
        .values(version=Contribution.version + 1, **values)
    )


def _idea(actor: Member, idea_id: int | None) -> int | None:
    return get_root(actor, idea_id).id if idea_id is not None else None


def named_driver(actor: Member, driver_id: int | None) -> int | None:
    """The id of a driver of the actor's own network. Raises NotFound for another one."""
    return driver_of(actor, driver_id).id if driver_id is not None else None


def _report(actor: Member, contribution: Contribution) -> None:
    """The actor's commitment to the idea, when there is one, is kept: this is how it went.

    A sealed report leaves it as it is: the row would name its author.
    """
    idea_id = contribution.reports_on_id
    assert idea_id is not None
    if contribution.seal is not None:
        _bump(idea_id)
        return publish(CommitmentReported(None, idea_id, contribution.id, None))
    commitment = db.session.scalar(
        select(Commitment).where(Commitment.contribution_id == idea_id, Commitment.member_id == actor.id)
    )
    if commitment is not None:
        commitment.state, commitment.reported_id = "reported", contribution.id
        commitment.ended_at = clock.now()
    _bump(idea_id)
    publish(CommitmentReported(commitment.id if commitment else None, idea_id, contribution.id, actor.id))
