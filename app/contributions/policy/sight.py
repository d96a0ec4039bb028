"""Who sees a contribution: `visible_to(viewer)` is one clause, through spaces, and serves every door.

What was removed keeps no text in its row; it stays as a tombstone only while replies by others hang on it.
What is held is its author's alone. A reply shows only while its root shows.
"""

from typing import Any

from flask import g, has_request_context
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.contributions.policy.authorship import seals_match
from app.core.db import db
from app.networks.models import Member
from app.networks.policy import has_sealed
from app.spaces.models import Space
from app.spaces.policy import AnyViewer, is_place, sees

_Root = aliased(Contribution)


class AnyReader(AnyViewer):
    """Stands for the viewer in a statement with `visible_to` that is built once; `is_now` says who it is."""

    held_unnamed: BindParameter[Any] = bindparam("held_unnamed", expanding=True)

    @staticmethod
    def is_now(viewer: Member) -> dict[str, Any]:
        """The parameters for this viewer. Raises Forbidden for one who may not read."""
        return {**AnyViewer.is_now(viewer), "held_unnamed": held_unnamed_of(viewer)}


def held_unnamed_of(viewer: Member) -> list[int]:
    """The ids of what `viewer` wrote without their name and what is held: the seals say it, no clause can.

    Few are ever held, so they are looked through, once in a request.
    """
    if not has_sealed(viewer.network):
        return []
    known: dict[int, list[int]] = g.setdefault("held_unnamed", {}) if has_request_context() else {}
    if viewer.id not in known:
        held = (Contribution.state == "held", Contribution.seal.is_not(None))
        query = select(Contribution.id, Contribution.seal)
        rows = db.session.execute(query.where(Contribution.network_id == viewer.network_id, *held))
        known[viewer.id] = [row.id for row in rows if seals_match(viewer, row.id, row.seal or "")]
    return known[viewer.id]


def _wrote_held(kind: type[Contribution], viewer: Any) -> ColumnElement[bool]:
    """Of what is held: the viewer's own, with or without their name."""
    if isinstance(viewer, AnyReader):
        return or_(kind.author_id == viewer.id, kind.id.in_(viewer.held_unnamed))
    unnamed = held_unnamed_of(viewer) if isinstance(viewer, Member) else []
    return or_(kind.author_id == viewer.id, kind.id.in_(unnamed)) if unnamed else kind.author_id == viewer.id


def _shows(kind: type[Contribution], viewer: Member) -> ColumnElement[bool]:
    """Published, or a tombstone that others still hang on, or the author's own held one."""
    return or_(
        kind.state == "published",
        and_(kind.state == "removed", kind.reply_count > 0),
        and_(kind.state == "held", _wrote_held(kind, viewer)),
    )


def visible_to(viewer: Member) -> ColumnElement[bool]:
    """The contributions that `viewer` may see, as a clause on `Contribution`."""
    root_shows = exists(
        select(_Root.id)
        .where(_Root.id == Contribution.root_id, _shows(_Root, viewer))
        .correlate(Contribution)
    )
    return and_(
        Contribution.space_id.in_(select(Space.id).where(sees(viewer))),
        _shows(Contribution, viewer),
        or_(Contribution.root_id.is_(None), root_shows),
    )


def in_feed_of(viewer: Member) -> ColumnElement[bool]:
    """The published roots that `viewer` sees, spelt so that the feed's partial index serves.

    The same wall as `visible_to`, without held ones, tombstones and conversations, which no feed shows.
    The plus keeps the planners from beginning at the spaces, which would sort a network's whole past.
    """
    return and_(
        Contribution.network_id == viewer.network_id,
        Contribution.root_id.is_(None),
        Contribution.state == literal_column("'published'"),
        literal_column("+contribution.space_id", BigInteger).in_(
            select(Space.id).where(sees(viewer), is_place())
        ),
    )
