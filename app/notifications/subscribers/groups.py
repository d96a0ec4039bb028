"""What the bell hears of groups."""

from app.contributions.events import ContributionPosted
from app.core.doors import closed
from app.core.events import on
from app.notifications import actions
from app.spaces.events import (
    GroupAskAnswered,
    GroupAsked,
    GroupAskWithdrawn,
    GroupInvitationEnded,
    GroupInvited,
    GroupLedAgain,
    GroupLostLead,
    GroupProposalAnswered,
    GroupProposed,
    LeadNamed,
    SpaceJoined,
)

IDS_ONLY = "keeps ids; words are made when the line is shown"


@on(ContributionPosted, slow=True)
@closed(IDS_ONLY)
def hear_new_post(event: ContributionPosted) -> None:
    """For those who want to hear of every post of a group, fifty in a transaction."""
    after: int | None = 0
    while after is not None:
        after = actions.tell_the_group(event.contribution_id, after)


@on(GroupAsked, after=True)
@closed(IDS_ONLY)
def hear_ask(event: GroupAsked) -> None:
    actions.tell_of_asks(event.space_id)


@on(GroupAskWithdrawn, after=True)
@closed(IDS_ONLY)
def hear_ask_taken_back(event: GroupAskWithdrawn) -> None:
    actions.tell_of_asks(event.space_id)


@on(GroupAskAnswered, after=True)
@closed(IDS_ONLY)
def hear_ask_answered(event: GroupAskAnswered) -> None:
    actions.tell_of_asks(event.space_id)
    actions.tell_of_ask_answer(event.space_id, event.member_id)


@on(GroupInvited, after=True)
@closed(IDS_ONLY)
def hear_invitation(event: GroupInvited) -> None:
    actions.tell_of_invitation(event.space_id, event.member_id)


@on(GroupInvitationEnded, after=True)
@closed(IDS_ONLY)
def hear_end_of_invitation(event: GroupInvitationEnded) -> None:
    actions.tell_of_invitation(event.space_id, event.member_id)


@on(LeadNamed, after=True)
@closed(IDS_ONLY)
def hear_lead(event: LeadNamed) -> None:
    actions.tell_of_lead(event.space_id, event.member_id)
    actions.tell_of_asks(event.space_id)


@on(SpaceJoined, after=True)
@closed(IDS_ONLY)
def hear_newcomer(event: SpaceJoined) -> None:
    actions.tell_of_joining(event.space_id, event.member_id)


@on(GroupLostLead, after=True)
@closed(IDS_ONLY)
def hear_lost_lead(event: GroupLostLead) -> None:
    actions.tell_of_lost_lead(event.space_id)


@on(GroupLostLead, slow=True)
@closed(IDS_ONLY)
def hear_that_members_are_asked(event: GroupLostLead) -> None:
    """Who may lead it instead: the people of a group that is not open, fifty in a transaction."""
    after: int | None = 0
    while after is not None:
        after = actions.ask_members_to_lead(event.space_id, after)


@on(GroupLedAgain, after=True)
@closed(IDS_ONLY)
def hear_lead_again(event: GroupLedAgain) -> None:
    actions.tell_of_lead_again(event.space_id)
    actions.tell_of_asks(event.space_id)


@on(GroupProposed, after=True)
@closed(IDS_ONLY)
def hear_proposal(event: GroupProposed) -> None:
    actions.tell_of_proposal(event.proposal_id)


@on(GroupProposalAnswered, after=True)
@closed(IDS_ONLY)
def hear_proposal_answered(event: GroupProposalAnswered) -> None:
    actions.tell_of_proposal(event.proposal_id)
