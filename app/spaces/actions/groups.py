"""Starting a group, saying what it is, putting it away.

Rules: who starts a group leads it. A group never becomes open to the network: what its people said was
said among them. One that becomes secret takes a new address, as the old one is known. Archived means
read-only: everybody who saw it still does.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import line, plain
from app.networks.actions.asking import ask_about
from app.networks.models import Driver, Member, Network
from app.networks.queries import driver_of
from app.spaces.actions.joining import end_invitations_of_members
from app.spaces.actions.membership import add_to_space
from app.spaces.actions.opening import add_with_group, free_slug
from app.spaces.actions.words import QUESTION, name_of, purpose_of, rich_of
from app.spaces.events import GroupArchived, GroupRenamed, GroupRestored, GroupStarted, SpaceNarrowed
from app.spaces.models import COVERS, Group, Space
from app.spaces.policy import groups as policy
from app.spaces.queries import tie_of
from app.spaces.queries.hub import hub_group, is_led

WAYS = ("open", "request", "invite", "secret")
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Words:
    """All that a lead says of a group, as typed. `welcome` may be HTML or plain text."""

    name: str
    purpose: str = ""
    access: str = "open"
    driver_id: int | None = None
    grades: int = 0
    question: str = ""
    welcome: str = ""
    cover: int | None = None


@command
def start_group(actor: Member, words: Words) -> Group:
    """A new group that `actor` leads. Raises Forbidden, NotFound, NoName, TooLong, StudentData."""
    policy.require(policy.can_start_group(actor))
    ask_about(actor, shown_words(words), {})
    return make_group(actor, words)


def shown_words(words: Words) -> dict[str, str]:
    """What is read, as plain words."""
    return {
        "name": words.name.strip(),
        "purpose": words.purpose.strip(),
        "question": words.question.strip(),
        "welcome": plain(words.welcome) if words.welcome else "",
    }


def make_group(lead: Member, words: Words, *, by_id: int | None = None) -> Group:
    """Inside a command; the caller has checked that it may. `by_id`: who let somebody else lead it."""
    name, access = name_of(words.name), _way(words.access)
    space = Space(
        network_id=lead.network_id,
        kind="group",
        access=access,
        name=name,
        purpose=purpose_of(words.purpose),
        slug=free_slug(lead.network_id, name, secret=access == "secret"),
    )
    group = add_with_group(space, started_by_id=lead.id)
    _say(lead, group, words)
    add_to_space(space, lead, role="lead", by_id=by_id or lead.id)
    publish(GroupStarted(space.id))
    return group


def _way(access: str) -> str:
    if access not in WAYS:
        raise ValueError("no way to join")
    return access


def _say(actor: Member, group: Group, words: Words) -> None:
    driver: Driver | None = driver_of(actor, words.driver_id) if words.driver_id is not None else None
    group.driver, group.driver_id = driver, driver.id if driver else None
    group.grades = words.grades & ((1 << 13) - 1)
    group.question = line(words.question, QUESTION)
    group.welcome = rich_of(words.welcome)
    if words.cover is not None:
        group.cover = words.cover % COVERS


@command
def change_group(actor: Member, space: Space, words: Words) -> Group:
    """Say it differently. A following group keeps its rule, name and access.

    Raises Forbidden (also for an access that would open it wider), NotFound, NoName, TooLong, StudentData.
    """
    tie = tie_of(actor, space.id)
    policy.require(policy.can_change_group(tie))
    group, space = tie.group, tie.space
    before = Words(space.name, space.purpose or "", question=group.question, welcome=group.welcome)
    ask_about(actor, shown_words(words), shown_words(before))
    if tie.follows:
        words = Words(**{**words.__dict__, "name": space.name, "grades": group.grades})
    else:
        _change_access(tie, words.access)
    old, space.name = space.name, name_of(words.name)
    space.purpose = purpose_of(words.purpose)
    _say(actor, group, words)
    group.describe(space)
    db.session.flush()
    if space.name != old:
        publish(GroupRenamed(space.id))
    return group


def _change_access(tie: policy.Tie, access: str) -> None:
    space = tie.space
    if access == space.access:
        return
    policy.require(policy.can_change_access(tie, access))
    was_open, space.access = space.access == "open", access
    if access == "secret":
        space.slug = free_slug(space.network_id, space.name, secret=True)
    if was_open or access == "secret":
        end_invitations_of_members(space.id)
    if was_open:
        publish(SpaceNarrowed(space.id))


@command
def archive_group(actor: Member, space: Space) -> None:
    """Read-only from now on, until a lead restores it."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_archive(tie))
    _put_away(tie.space)


@command
def archive_leaderless(actor: Member, space_id: int) -> None:
    """The hub puts away a group that nobody leads. Raises NotFound, Forbidden."""
    space = hub_group(actor, space_id)
    policy.require(policy.can_help_along(actor, space, has_lead=is_led(space.id)))
    _put_away(space)


def _put_away(space: Space) -> None:
    if space.archived_at is None:
        space.archived_at = clock.now()
        publish(GroupArchived(space.id))


@command
def restore_group(actor: Member, space_id: int) -> None:
    """Writable again: by a lead, or by the hub where there is none. Raises NotFound, Forbidden."""
    if actor.is_hub and not is_led(space_id):
        space = hub_group(actor, space_id)
    else:
        tie = tie_of(actor, space_id)
        policy.require(policy.can_restore(tie))
        space = tie.space
    if space.archived_at is not None:
        space.archived_at = None
        publish(GroupRestored(space.id))


@command
def set_who_starts(actor: Member, network: Network, *, members: bool) -> None:
    """Whether members start groups themselves, or propose them."""
    policy.require(policy.can_look_after_groups(actor) and actor.network_id == network.id)
    network.settings = {**network.settings, "members_start_groups": members}


@command
def note_activity(space_id: int) -> None:
    """Something was shared in a space: its group is lively. Written at most once an hour."""
    now = clock.now()
    db.session.execute(
        update(Group)
        .where(Group.space_id == space_id, Group.active_at < now - NOTED_EVERY)
        .values(active_at=now)
        .execution_options(synchronize_session=False)
    )
