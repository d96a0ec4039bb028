"""Live contributions: the stream of one, what is delivered, and replying.

Payloads are made from the current row, neutral in viewer and time zone; what no longer shows
delivers no HTML, also in a replay, and what went to another space delivers none to the old one.
"""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import and_, select

from app.accounts.models import Account
from app.contributions.actions.replying import REPLIES, reply_from
from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.contributions.queries.cards import card_row, card_rows, cards
from app.contributions.queries.contributions import get_contribution
from app.contributions.queries.replies import reply_row
from app.core.access import NotFound
from app.core.db import db
from app.core.doors import closed, door
from app.core.limits import allowed
from app.core.realtime import registry
from app.core.realtime.registry import WITHIN, Payload, Seat
from app.core.realtime.sockets import handles
from app.networks.models import Member
from app.privacy.actions import StudentData
from app.privacy.routes import told
from app.spaces.sockets import viewer_in, viewers_in


def _viewer_of(account: Account, contribution_id: int) -> tuple[Member, Contribution] | None:
    """The account's viewer in the contribution's network, when they see it."""
    network_id = db.session.scalar(select(Contribution.network_id).where(Contribution.id == contribution_id))
    viewer = viewer_in(account, network_id) if network_id is not None else None
    if viewer is None:
        return None
    try:
        return viewer, get_contribution(viewer, contribution_id)
    except NotFound:
        return None


@registry.stream("contribution")
def may_hear_contributions(account: Any, ids: Sequence[int]) -> dict[int, Seat]:
    among = and_(Contribution.id.in_(ids), Contribution.root_id.is_(None))
    networks = db.session.scalars(select(Contribution.network_id).where(among).distinct())
    seen = select(Contribution.id, Contribution.space_id).where(among)
    return {
        contribution_id: Seat(viewer.id, f"space:{space_id}")
        for viewer in viewers_in(account, networks.all())
        for contribution_id, space_id in db.session.execute(seen.where(visible_to(viewer)))
    }


@registry.delivers("contribution:posted", "contribution:edited", "contribution:changed")
@door("live event")
def deliver_card(contribution_id: int) -> Payload | None:
    row = card_row(contribution_id)
    if row is None:
        return None
    html = cards([(row.id, row.version)])[row.id]
    return {
        WITHIN: f"space:{row.space_id}",
        "author_id": row.author_id,
        "version": row.version,
        "html": str(html),
    }


@registry.delivers("contribution:removed")
@closed("only says that an id is gone")
def deliver_removal(_contribution_id: int) -> Payload | None:
    return None


@registry.delivers("reply:removed")
@closed("says that an id is gone, and draws the place that its answers hang on")
def deliver_reply_removal(reply_id: int) -> Payload | None:
    row = reply_row(reply_id)
    if row is None or row.state != "removed":
        return None
    html = render_template("contributions/_reply.html", reply=row, children=[])
    return {WITHIN: f"space:{row.space_id}", "html": html}


@registry.delivers("reply:posted", "reply:edited")
@door("live event")
def deliver_reply(reply_id: int) -> Payload | None:
    row = reply_row(reply_id)
    if row is None or row.state != "published":
        return None
    return {
        WITHIN: f"space:{row.space_id}",
        "position": row.position,
        "parent_id": row.parent_id,
        "author_id": row.author_id,
        "author_name": row.author_name,
        "html": render_template("contributions/_reply.html", reply=row, children=[]),
    }


@registry.delivers("reaction:changed")
@closed("counts only")
def deliver_counts(contribution_id: int) -> Payload | None:
    rows = card_rows([contribution_id])
    if not rows or rows[0].state != "published":
        return None
    html = render_template("contributions/_sum.html", post=rows[0])
    return {WITHIN: f"space:{rows[0].space_id}", "thanks": rows[0].thanks_count, "html": html}


@handles("reply:create")
@door("page")
def create_reply(account: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The same as the POST; answers `{id, position, seq, html}` or `{error}`; `{error: "privacy", findings}`
    asks the author, who sends again under a new key, with `privacy_kept`."""
    root_id = data.get("contribution_id")
    if not isinstance(root_id, int) or isinstance(root_id, bool) or not 0 < root_id < 2**62:
        return {"error": "bad_request"}
    found = _viewer_of(account, root_id)
    if found is None:
        return {"error": "not_found"}
    if not allowed("replies", REPLIES, f"account:{account.id}"):
        return {
            "error": _("That is a lot at once. Your text is kept here; please wait a minute."),
            "status": 429,
        }
    try:
        made, problem = reply_from(found[0], root_id, data)
    except StudentData as asked:
        return {**told(asked.findings), "status": 422}
    if made is not None:
        return made.said
    return {"error": problem.sentence if problem else "", "status": problem.status if problem else 500}
