"""What a member wants to be told of a group, for how long they want none of it, and the welcome."""

from datetime import datetime, timedelta

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.spaces.models import LEVELS, Space, SpaceMember, SpaceSetting
from app.spaces.policy import groups as policy
from app.spaces.queries import tie_of

MUTES = ("hour", "tomorrow", "week")
WAKES = 7
"""Until tomorrow is until seven in the morning, on the member's own clock."""


@command
def be_told(actor: Member, space: Space, level: str) -> None:
    """Everything, mentions and replies, or nothing. Raises Forbidden, ValueError."""
    if level not in LEVELS:
        raise ValueError("no such level")
    _setting(actor, space).level = level


@command
def mute(actor: Member, space: Space, how_long: str) -> datetime:
    """For an hour, until tomorrow morning, or for a week; gives the moment. Raises Forbidden, ValueError."""
    zone = actor.account.time_zone if actor.account else actor.network.time_zone
    until = muted_until(how_long, zone)
    _setting(actor, space).muted_until = until
    return until


@command
def unmute(actor: Member, space: Space) -> None:
    """Raises Forbidden."""
    _setting(actor, space).muted_until = None


def muted_until(how_long: str, zone: str) -> datetime:
    """When a mute that begins now ends. Raises ValueError."""
    if how_long not in MUTES:
        raise ValueError("no such time")
    now = clock.now()
    if how_long == "hour":
        return now + timedelta(hours=1)
    if how_long == "week":
        return now + timedelta(weeks=1)
    here = clock.in_zone(now, zone)
    morning = (here + timedelta(days=1)).replace(hour=WAKES, minute=0, second=0, microsecond=0)
    return clock.in_zone(morning, "UTC")


def _setting(actor: Member, space: Space) -> SpaceSetting:
    policy.require(policy.can_choose_level(tie_of(actor, space.id)))
    found = db.session.get(SpaceSetting, (space.id, actor.id))
    if found is None:
        found = SpaceSetting(space_id=space.id, member_id=actor.id, level="mentions")
        db.session.add(found)
    return found


@command
def put_welcome_away(actor: Member, space: Space) -> None:
    """They have read the group's welcome."""
    found = db.session.get(SpaceMember, (space.id, actor.id))
    if found is not None and found.welcomed_at is None:
        found.welcomed_at = clock.now()
