"""What happens to a member: place, profile, hub roles, standing.

Rules: what a member does to themselves and what the hub does to them end in the same rows
and events. A network keeps at least one active director. Who leaves keeps their row, so that
what they shared still has an author.
"""

from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files import files
from app.core.text import line
from app.networks import policy
from app.networks.actions.asking import ask_about
from app.networks.actions.roles import change_role
from app.networks.actions.schools import change_school, end_claim
from app.networks.actions.words import SHORT, STORY, lines, name_of
from app.networks.events import (
    MemberChangedGrades,
    MemberChangedHubRole,
    MemberChangedProfile,
    MemberJoined,
    MemberLeft,
    MemberPaused,
    MemberReturned,
)
from app.networks.models import Member, Network
from app.networks.policy import Actor


class LastDirector(Exception):
    """The network would be without a director."""


@command
def change_place(actor: Actor, member: Member, *, role: str | None, site_id: int | None, grades: int) -> None:
    """Role in school, site and grades: one's own, or another's by the hub. At once, but for one's
    own new school while others are there, and one's own new role: these wait to be confirmed.

    `grades` is a bit mask. Raises NotFound for a site of another network or a closed one.
    """
    policy.insist(policy.can_change_own_place(actor, member) or policy.can_change_member(actor, member))
    change_school(actor, member, site_id)
    change_role(actor, member, role)
    grades &= (1 << 13) - 1
    if grades != member.grades:
        member.grades = grades
        publish(MemberChangedGrades(member.id))


@command
def edit_profile(actor: Actor, member: Member, **words: str) -> None:
    """Any of `name`, `working_on`, `can_help_with`, `story`. Raises TooLong, ValueError."""
    policy.insist(policy.can_edit_profile(actor, member))
    if "name" in words:
        member.name = name_of(words["name"])
    for field in ("working_on", "can_help_with"):
        if field in words:
            setattr(member, field, line(words[field], SHORT))
    if "story" in words:
        member.story = lines(words["story"], STORY)
    publish(MemberChangedProfile(member.id))


@command
def save_profile(
    actor: Member, *, words: dict[str, str], role: str | None, site_id: int | None, grades: int
) -> None:
    """One's own words and place together. While on a break only the words. Raises StudentData too."""
    shown = {name: word for name, word in words.items() if name != "name"}
    ask_about(actor, shown, {name: getattr(actor, name) for name in shown})
    edit_profile(actor, actor, **words)
    if actor.may_write:
        change_place(actor, actor, role=role, site_id=site_id, grades=grades)


@command
def set_photo(actor: Actor, member: Member, key: str | None) -> str | None:
    """Show another photo, or none; returns the key of the one before, to be deleted after."""
    policy.insist(policy.can_edit_profile(actor, member))
    old, member.photo_key = member.photo_key, key
    if key is not None:
        files.claim(key)
    publish(MemberChangedProfile(member.id))
    return old


@command
def give_hub_role(actor: Actor, member: Member, *, facilitator: bool, director: bool) -> None:
    """Raises LastDirector."""
    policy.insist(policy.can_give_hub_role(actor, member) and member.may_read)
    if not director:
        keep_a_director(member)
    if (member.is_facilitator, member.is_director) != (facilitator, director):
        member.is_facilitator, member.is_director = facilitator, director
        publish(MemberChangedHubRole(member.id, actor.id if isinstance(actor, Member) else None))


@command
def change_member(
    actor: Actor,
    member: Member,
    *,
    role: str | None,
    site_id: int | None,
    grades: int,
    hub: tuple[bool, bool] | None = None,
) -> None:
    """Place and, for directors, hub roles (facilitator, director) together. Raises LastDirector."""
    change_place(actor, member, role=role, site_id=site_id, grades=grades)
    if hub is not None:
        give_hub_role(actor, member, facilitator=hub[0], director=hub[1])


@command
def pause(actor: Actor, member: Member) -> None:
    """A break: one reads on, and is asked for nothing. Raises LastDirector."""
    policy.insist(policy.can_pause(actor, member))
    keep_a_director(member)
    member.standing = "paused"
    publish(MemberPaused(member.id))


@command
def come_back(actor: Actor, member: Member) -> None:
    policy.insist(policy.can_return(actor, member))
    member.standing = "active"
    publish(MemberReturned(member.id))


@command
def leave(actor: Actor, member: Member) -> None:
    """Leave the network; what was shared stays. Raises LastDirector."""
    policy.insist(policy.can_leave(actor, member))
    depart(member)


@command
def end_membership(actor: Actor, member: Member) -> None:
    """The hub ends a membership; a director's only by a director. Raises LastDirector."""
    policy.insist(policy.can_end_membership(actor, member))
    depart(member, by_id=actor.id if isinstance(actor, Member) else None)


def come_in(member: Member) -> None:
    """Inside a command: active, or on the break that the facilitators asked for while that lasts, so that
    nobody ends it by leaving and coming back.
    """
    rests = member.paused_until is not None and member.paused_until > clock.now()
    member.standing, member.left_at = "paused" if rests else "active", None
    member.paused_until = member.paused_until if rests else None
    db.session.flush()
    publish(MemberJoined(member.id))
    if rests:
        publish(MemberPaused(member.id))


def depart(member: Member, *, by_id: int | None = None, **also: Any) -> None:
    """Inside a command: standing, hub roles and the day of leaving; `also` sets more fields."""
    keep_a_director(member)
    end_claim(member)
    was_hub = member.is_facilitator or member.is_director
    member.standing, member.left_at = "former", clock.now()
    member.is_facilitator = member.is_director = False
    if was_hub:
        publish(MemberChangedHubRole(member.id, by_id or member.id))
    for field, value in also.items():
        setattr(member, field, value)
    publish(MemberLeft(member.id, by_id))


def keep_a_director(member: Member) -> None:
    if not (member.is_director and member.may_write):
        return
    # The network's row is the lock: two directors cannot both step down at once.
    db.session.execute(select(Network.id).where(Network.id == member.network_id).with_for_update())
    others = db.session.scalar(
        select(func.count(Member.id)).where(
            Member.network_id == member.network_id,
            Member.id != member.id,
            Member.is_director,
            Member.standing == "active",
        )
    )
    if not others:
        raise LastDirector
