"""What happens in a network, in ids only.

Rules: published by the commands of `actions`; the same-transaction listeners of `spaces`
keep memberships true; the outbox sends invitations and answers by mail.
"""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class NetworkStarted(Event):
    network_id: int


@dataclass(frozen=True)
class NetworkChanged(Event):
    """Its name, aim or another setting."""

    network_id: int


@dataclass(frozen=True)
class DriverRenamed(Event):
    """What names it shows the new name."""

    driver_id: int


@dataclass(frozen=True)
class NormsAdopted(Event):
    """A new version of the norms; members are asked to accept it at their next page."""

    network_id: int
    version: int


@dataclass(frozen=True)
class SiteAdded(Event):
    site_id: int


@dataclass(frozen=True)
class SiteChanged(Event):
    """Its name, kind or place in the tree; its spaces are named after it."""

    site_id: int


@dataclass(frozen=True)
class SiteClosed(Event):
    site_id: int


@dataclass(frozen=True)
class SiteReopened(Event):
    site_id: int


@dataclass(frozen=True)
class MemberAsked(Event):
    """Somebody would like to join; facilitators decide."""

    member_id: int


@dataclass(frozen=True)
class StrangerAsked(Event):
    """Somebody who was not signed in asked with the address of an account."""

    account_id: int
    network_id: int


@dataclass(frozen=True)
class MemberAdmitted(Event):
    """Somebody who asked may come in; they learn it by mail."""

    member_id: int


@dataclass(frozen=True)
class MemberDeclined(Event):
    """The answer goes by mail; its words wait in the member's row until it has gone."""

    member_id: int


@dataclass(frozen=True)
class MemberJoined(Event):
    """A member who may now read: new, admitted, or back after leaving."""

    member_id: int


@dataclass(frozen=True)
class MemberWelcomed(Event):
    """They went through the welcome, and accepted the norms."""

    member_id: int


@dataclass(frozen=True)
class MemberChangedSite(Event):
    member_id: int
    old_site_id: int | None
    new_site_id: int | None


@dataclass(frozen=True)
class SiteClaimChanged(Event):
    """Somebody says which school is theirs, or that is settled; the member's row says which."""

    member_id: int


@dataclass(frozen=True)
class SiteClaimAnswered(Event):
    """Somebody confirmed or refused a school; its member is told."""

    member_id: int
    site_id: int
    by_id: int | None
    confirmed: bool


@dataclass(frozen=True)
class MemberChangedRole(Event):
    """The role in school, not the hub role; or somebody confirmed it."""

    member_id: int


@dataclass(frozen=True)
class RoleConfirmed(Event):
    """A role by a member's own word counts from now on; `by_id` is themselves where they founded it."""

    member_id: int
    by_id: int | None


@dataclass(frozen=True)
class MemberChangedGrades(Event):
    member_id: int


@dataclass(frozen=True)
class MemberChangedProfile(Event):
    """Name, photo, or the words about themselves."""

    member_id: int


@dataclass(frozen=True)
class MemberChangedHubRole(Event):
    """`by_id` is who gave or took it: a director, by hand or by their link, or oneself by leaving; empty for
    the command line.
    """

    member_id: int
    by_id: int | None = None


@dataclass(frozen=True)
class MemberPaused(Event):
    member_id: int


@dataclass(frozen=True)
class MemberReturned(Event):
    member_id: int


@dataclass(frozen=True)
class MemberLeft(Event):
    """`by_id` is who ended it, where that was somebody else."""

    member_id: int
    by_id: int | None = None


@dataclass(frozen=True)
class MemberBlocked(Event):
    """`member_id` does not want to hear from `blocked_id` any more."""

    member_id: int
    blocked_id: int


@dataclass(frozen=True)
class PersonInvited(Event):
    """A mail invitation waits to be sent (again)."""

    mail_invitation_id: int


@dataclass(frozen=True)
class MailTestAsked(Event):
    """A director would like to see whether mail arrives."""

    member_id: int
