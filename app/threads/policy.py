"""Who runs a group's check-in, and who may answer a round."""

from app.contributions.models import Contribution
from app.contributions.policy import can_post_reply
from app.networks.models import Member
from app.spaces.policy.groups import Tie


def can_run_check_in(tie: Tie) -> bool:
    """Leads: start, change, pause."""
    return tie.acts and tie.is_lead


def can_see_check_in(tie: Tie) -> bool:
    return tie.sees


def can_answer_round(actor: Member, root: Contribution) -> bool:
    """Whoever may reply; belonging to the group is what makes somebody expected to."""
    return root.kind == "check_in" and can_post_reply(actor, root)
