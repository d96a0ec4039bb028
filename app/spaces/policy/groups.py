"""Who may do what with a group.

A *tie* is all that a verb asks about: the space with its group, and what the person is to it
(member or lead, asked, invited, stepped out). It is loaded in one query, and nobody has a tie to a
group that they may not know of.

Rules: leads look after their group, hub roles do not: the hub answers proposals, opens the groups
that follow a role, and helps a group without a lead. Who takes a break reads, and may leave.
"""

from dataclasses import dataclass
from datetime import datetime

from app.core.access import Forbidden
from app.networks.models import Member, Network
from app.spaces.models import Group, Space

OUTSIDE_ACCESS = ("request", "invite", "secret")
NARROWER: dict[str, tuple[str, ...]] = {
    "open": ("open", *OUTSIDE_ACCESS),
    "request": OUTSIDE_ACCESS,
    "invite": OUTSIDE_ACCESS,
    "secret": OUTSIDE_ACCESS,
}
"""What a group's access may become. Never open: what was said among its people stays among them."""


@dataclass(frozen=True)
class Tie:
    """What `viewer` is to a group that they may know of."""

    viewer: Member
    space: Space
    group: Group
    role: str | None = None
    has_asked: bool = False
    is_invited: bool = False
    has_stepped_out: bool = False
    has_lead: bool = True
    is_welcomed: bool = True
    knew_norms_at: datetime | None = None
    """When they came, or last put news of the group's norms away."""
    norms_changed_at: datetime | None = None

    @property
    def has_new_norms(self) -> bool:
        """Whether the group's norms changed since this member knew them."""
        known, changed = self.knew_norms_at, self.norms_changed_at
        return self.is_member and known is not None and changed is not None and changed > known

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def is_lead(self) -> bool:
        return self.role == "lead"

    @property
    def sees(self) -> bool:
        """Whether its content is open to the viewer; `policy.sees` is the clause behind it."""
        return self.is_member or self.space.access == "open"

    @property
    def follows(self) -> bool:
        return self.space.follows is not None

    @property
    def is_live(self) -> bool:
        return self.space.archived_at is None

    @property
    def acts(self) -> bool:
        return self.viewer.may_write and self.is_live


def members_may_start(network: Network) -> bool:
    """Whether any member starts a group, or the facilitators do on their proposal."""
    return bool(network.settings.get("members_start_groups", True))


def can_start_group(actor: Member) -> bool:
    return actor.may_write and (actor.is_hub or members_may_start(actor.network))


def can_propose_group(actor: Member) -> bool:
    return actor.may_write and not can_start_group(actor)


def can_look_after_groups(actor: Member) -> bool:
    """The hub's list, proposals, groups that follow a role, who may start groups."""
    return actor.may_write and actor.is_hub


def can_join(tie: Tie) -> bool:
    return tie.acts and not tie.is_member and tie.space.kind == "group" and tie.space.access == "open"


def can_ask(tie: Tie) -> bool:
    asks = tie.space.kind == "group" and tie.space.access == "request"
    return tie.acts and asks and not tie.is_member and not tie.has_asked and not tie.is_invited


def can_answer_invitation(tie: Tie) -> bool:
    return tie.acts and tie.is_invited and not tie.is_member


def can_answer_asks(tie: Tie) -> bool:
    return tie.acts and tie.is_lead


def can_invite(tie: Tie) -> bool:
    """Leads; in an open group every member."""
    return tie.acts and not tie.follows and (tie.is_lead or (tie.is_member and tie.space.access == "open"))


def can_leave(tie: Tie) -> bool:
    return tie.is_member and not tie.follows


def can_step_out(tie: Tie) -> bool:
    """Out of a group that follows one's role; a school's space is the school's."""
    return tie.is_member and tie.space.follows == "place"


def can_step_in(tie: Tie) -> bool:
    return tie.has_stepped_out and not tie.is_member and tie.viewer.may_read


def can_remove(tie: Tie, member_id: int) -> bool:
    return tie.acts and tie.is_lead and not tie.follows and member_id != tie.viewer.id


def can_change_group(tie: Tie) -> bool:
    return tie.acts and tie.is_lead


def can_change_access(tie: Tie, access: str) -> bool:
    return can_change_group(tie) and access in (tie.space.access, *NARROWER.get(tie.space.access, ()))


def can_choose_leads(tie: Tie) -> bool:
    return tie.acts and tie.is_lead


def can_archive(tie: Tie) -> bool:
    """Leads. What follows a school or a role ends with it."""
    return tie.acts and tie.is_lead and tie.space.kind == "group"


def can_restore(tie: Tie) -> bool:
    return tie.viewer.may_write and tie.is_lead and not tie.is_live and tie.space.kind == "group"


def can_help_along(actor: Member, space: Space, *, has_lead: bool) -> bool:
    """The hub puts away a group without a lead, and restores it."""
    mine = space.network_id == actor.network_id and space.kind in ("group", "role_alike")
    return can_look_after_groups(actor) and mine and space.site_id is None and not has_lead


def can_name_lead(actor: Member, space: Space, *, has_lead: bool) -> bool:
    """The hub names one only where everybody may know the members; elsewhere they step up themselves."""
    return can_help_along(actor, space, has_lead=has_lead) and space.access == "open"


def can_step_up(tie: Tie) -> bool:
    """A member of a group that nobody leads says "I will". Open ones the hub helps: anybody may join them."""
    ledable = tie.space.kind in ("group", "role_alike") and tie.space.site_id is None
    return tie.acts and tie.is_member and ledable and not tie.has_lead and tie.space.access != "open"


def can_see_for_leads(tie: Tie) -> bool:
    """Activity by week, schools, who was never heard from."""
    return tie.is_lead


def can_choose_level(tie: Tie) -> bool:
    return tie.is_member and tie.viewer.may_read


def can_pin(actor: Member, space: Space, *, is_lead: bool) -> bool:
    """Leads in their group; in the commons the hub."""
    if not actor.may_write or space.archived_at is not None or space.network_id != actor.network_id:
        return False
    return actor.is_hub if space.kind == "commons" else is_lead


def require(allowed: bool) -> None:
    """Raise Forbidden unless `allowed`."""
    if not allowed:
        raise Forbidden
