"""Who is here and who is writing: told to those who hear the stream, kept nowhere.

Who does not want to be seen as here is not told of as writing either; nor is who began the talk without
their name.
"""

import time
from collections.abc import Sequence
from typing import Any

from flask import request
from sqlalchemy import select

from app.contributions.models import Contribution, HereWish, ReadPlace
from app.contributions.policy import is_sealed_by
from app.contributions.queries.reading import SHOWN_SEQ, is_hidden
from app.core.db import db
from app.core.doors import closed, door
from app.core.realtime import presence, registry
from app.core.realtime.registry import Payload, Seat
from app.core.realtime.relay import tell_now
from app.core.realtime.seats import seats
from app.core.realtime.sockets import handles
from app.networks.models import Member

TYPING_EVERY = 2.0
"""Seconds between two signs of typing that are passed on for one socket."""
_typed_at: dict[str, float] = {}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _is_talk(name: object) -> bool:
    """Whether that is the stream of a contribution: nobody is here, or writes, anywhere else."""
    return isinstance(name, str) and name.startswith("contribution:")


def _is_unnamed(member: Member, name: str) -> bool:
    """Whether it is the talk that this member began without their name: there they are never seen."""
    root = db.session.get(Contribution, int(name.removeprefix("contribution:")))
    return root is not None and is_sealed_by(member, root)


def _seat(name: object) -> Seat | None:
    """The seat of this socket in the stream that it names."""
    sitting = seats.get(_sid())
    return sitting.seats.get(name) if sitting and isinstance(name, str) else None


@handles("typing")
@door("typing")
def typing(_account: Any, data: dict[str, Any]) -> dict[str, Any]:
    """`{stream}`: tells the others in that stream who is writing; nothing is kept."""
    sid, name = _sid(), data.get("stream")
    if not _is_talk(name):
        return {"error": "bad_request"}
    seat = _seat(name)
    if seat is None or time.monotonic() - _typed_at.get(sid, 0) < TYPING_EVERY:
        return {"ok": False}
    if registry.authorize(_account, name) is None:
        return {"error": "not_found"}
    _typed_at[sid] = time.monotonic()
    if len(_typed_at) > 10_000:
        _typed_at.clear()
    writer = db.session.get(Member, seat.member_id)
    if writer is None or not writer.may_write or is_hidden(writer) or _is_unnamed(writer, str(name)):
        return {"ok": False}
    tell_now(str(name), "typing", {"stream": name, "id": writer.id, "name": writer.name}, but=sid)
    return {"ok": True}


@handles("presence:here")
@door("typing")
def say_here(account: Any, data: dict[str, Any]) -> dict[str, Any]:
    """`{stream}`: the page of that stream is looked at -> who else is there."""
    name = data.get("stream")
    if not _is_talk(name):
        return {"error": "bad_request"}
    seat = _seat(name)
    if seat is None:
        return {"ok": False}
    if registry.authorize(account, name) is None:
        return {"error": "not_found"}
    member = db.session.get(Member, seat.member_id)
    if member is not None and not is_hidden(member) and not _is_unnamed(member, str(name)):
        presence.here.arrive(_sid(), str(name))
    else:
        presence.here.leave(_sid(), str(name))
    return {"ok": True, **presence.payload(str(name))}


@handles("presence:away")
@closed("only ends what was said")
def say_away(_account: Any, data: dict[str, Any]) -> dict[str, Any]:
    name = data.get("stream")
    if isinstance(name, str):
        presence.here.leave(_sid(), name)
    return {"ok": True}


@presence.naming
def people_here(ids: Sequence[int]) -> list[dict[str, Any]]:
    query = select(Member.id, Member.name).where(Member.id.in_(ids))
    return [{"id": row.id, "name": row.name} for row in db.session.execute(query.order_by(Member.name))]


@presence.hiding
def who_hid(ids: Sequence[int]) -> Sequence[int]:
    query = select(HereWish.member_id).where(HereWish.member_id.in_(ids), HereWish.hidden.is_(True))
    return db.session.scalars(query).all()


@registry.delivers("place:moved")
@closed("a number of the member's own, on their own stream")
def deliver_place(place_id: int) -> Payload | None:
    """`{root_id, position, unread, back}`: their other devices go along."""
    shown = SHOWN_SEQ.label("shown")
    query = select(ReadPlace.contribution_id, ReadPlace.position, ReadPlace.went_back, shown)
    query = query.join(Contribution, Contribution.id == ReadPlace.contribution_id)
    found = db.session.execute(query.where(ReadPlace.id == place_id)).first()
    if found is None:
        return None
    unread = max(0, found.shown - found.position)
    return {
        "root_id": found.contribution_id,
        "position": found.position,
        "unread": unread,
        "back": found.went_back,
    }


@registry.delivers("access:changed")
@closed("only says that it went to another space")
def deliver_change_of_space(_contribution_id: int) -> Payload | None:
    return None
