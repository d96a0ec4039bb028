"""What the bell hears, from the outbox, at least once: each listener only names what changed.

`actions.telling` looks at what is true now, so order and repeats do not matter.
"""

from app.contributions.events import (
    CommitmentEnded,
    CommitmentMade,
    CommitmentReported,
    ContributionHeld,
    ContributionPosted,
    ContributionRemoved,
    MemberMentioned,
    ReactionChanged,
    ReplyPosted,
    ReplyRemoved,
    SealAsked,
    SealOpened,
    StudentDataFound,
)
from app.core.doors import closed
from app.core.events import on
from app.networks.events import MemberBlocked, MemberChangedRole, SiteClaimAnswered, SiteClaimChanged
from app.notifications.actions import (
    forget_between,
    tell_of,
    tell_of_answer,
    tell_of_claim,
    tell_of_commitment,
    tell_of_privacy,
    tell_of_reactions,
    tell_of_role,
    tell_of_seal,
)

IDS_ONLY = "keeps ids; words are made when the line is shown"


@on(ContributionPosted, after=True)
@closed(IDS_ONLY)
def hear_contribution_posted(event: ContributionPosted) -> None:
    tell_of(event.contribution_id)


@on(ContributionRemoved, after=True)
@closed(IDS_ONLY)
def hear_contribution_removed(event: ContributionRemoved) -> None:
    tell_of(event.contribution_id)


@on(ContributionHeld, after=True)
@closed(IDS_ONLY)
def hear_contribution_held(event: ContributionHeld) -> None:
    tell_of(event.contribution_id)


@on(MemberMentioned, after=True)
@closed(IDS_ONLY)
def hear_mention(event: MemberMentioned) -> None:
    tell_of(event.contribution_id)


@on(ReplyPosted, after=True)
@closed(IDS_ONLY)
def hear_reply_posted(event: ReplyPosted) -> None:
    tell_of(event.reply_id)


@on(ReplyRemoved, after=True)
@closed(IDS_ONLY)
def hear_reply_removed(event: ReplyRemoved) -> None:
    tell_of(event.reply_id)


@on(CommitmentReported, after=True)
@closed(IDS_ONLY)
def hear_report(event: CommitmentReported) -> None:
    tell_of(event.reported_id)


@on(StudentDataFound, after=True)
@closed(IDS_ONLY)
def hear_student_data(event: StudentDataFound) -> None:
    tell_of_privacy(event.contribution_id)


@on(ReactionChanged, after=True)
@closed(IDS_ONLY)
def hear_reaction(event: ReactionChanged) -> None:
    tell_of_reactions(event.contribution_id, event.member_id)


@on(CommitmentMade, after=True)
@closed(IDS_ONLY)
def hear_commitment(event: CommitmentMade) -> None:
    tell_of_commitment(event.contribution_id, event.member_id)


@on(CommitmentEnded, after=True)
@closed(IDS_ONLY)
def hear_end_of_commitment(event: CommitmentEnded) -> None:
    tell_of_commitment(event.contribution_id, event.member_id)


@on(SiteClaimChanged, after=True)
@closed(IDS_ONLY)
def hear_site_claim(event: SiteClaimChanged) -> None:
    tell_of_claim(event.member_id)


@on(MemberChangedRole, after=True)
@closed(IDS_ONLY)
def hear_role(event: MemberChangedRole) -> None:
    tell_of_role(event.member_id)


@on(SiteClaimAnswered, after=True)
@closed(IDS_ONLY)
def hear_site_answer(event: SiteClaimAnswered) -> None:
    tell_of_answer(event.member_id, event.site_id, event.by_id, confirmed=event.confirmed)


@on(MemberBlocked, after=True)
@closed(IDS_ONLY)
def hear_block(event: MemberBlocked) -> None:
    forget_between(event.member_id, event.blocked_id)


@on(SealAsked, after=True)
@closed(IDS_ONLY)
def hear_seal_asked(event: SealAsked) -> None:
    tell_of_seal(event.opening_id)


@on(SealOpened, after=True)
@closed(IDS_ONLY)
def hear_seal_opened(event: SealOpened) -> None:
    tell_of_seal(event.opening_id)
