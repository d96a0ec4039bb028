"""The member's own stream: what the bell hears live, and nobody else.

A line is rendered from the rows as they are when it is delivered, after visibility is asked
again; one that does not show (any more) comes without html, and the page lets go of it.
"""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import db
from app.core.doors import closed, door
from app.core.realtime import registry
from app.core.realtime.registry import Payload, Seat
from app.networks.models import Member
from app.networks.queries import networks_of
from app.notifications.models import Notification
from app.notifications.queries import line_of, unread_count


@registry.stream("member")
def may_hear_members(account: Account, ids: Sequence[int]) -> dict[int, Seat]:
    """Only oneself, and only where one still belongs."""
    query = select(Member).where(Member.id.in_(ids), Member.account_id == account.id)
    members = db.session.scalars(query.execution_options(populate_existing=True))
    return {member.id: Seat(member.id, f"member:{member.id}") for member in members if member.may_read}


@registry.delivers("notification:changed")
@door("notification")
def deliver_line(notification_id: int) -> Payload | None:
    """`{unread, html, root_id}`; None when the line is gone."""
    found = db.session.get(Notification, notification_id, populate_existing=True)
    readers = _readers(found.member_id) if found is not None else []
    if not readers:
        return None
    line = line_of(readers, notification_id)
    told: dict[str, Any] = {"unread": unread_count(readers), "html": None}
    if line is not None:
        several = len(readers) > 1
        told["html"] = render_template("notifications/_line.html", line=line, several=several)
        told["root_id"] = line.root_id
    return told


@registry.delivers("notification:count")
@closed("a number, counted after visibility is checked")
def deliver_count(member_id: int) -> Payload | None:
    """`{unread}`: some lines were read, or went."""
    return {"unread": unread_count(_readers(member_id))}


def _readers(member_id: int) -> list[Member]:
    """The person's members in every network: the bell counts over all of them."""
    member = db.session.get(Member, member_id)
    account = member.account if member is not None else None
    return networks_of(account) if account is not None and account.may_sign_in else []
