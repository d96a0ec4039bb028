"""Telling, reading, mailing, and the wishes for mail, split by noun."""

from app.notifications.actions.abouts import hush, ring
from app.notifications.actions.groups import (
    ask_members_to_lead,
    tell_of_ask_answer,
    tell_of_asks,
    tell_of_invitation,
    tell_of_joining,
    tell_of_lead,
    tell_of_lead_again,
    tell_of_lost_lead,
    tell_of_proposal,
)
from app.notifications.actions.mailing import claim_mail, end_claim
from app.notifications.actions.norms import tell_of_norms_answer, tell_of_norms_wish
from app.notifications.actions.reading import (
    forget_old_lines,
    mark_all_read,
    mark_group_seen,
    mark_read,
    mark_seen,
)
from app.notifications.actions.requests import tell_of_met
from app.notifications.actions.schools import tell_of_answer, tell_of_claim, tell_of_role
from app.notifications.actions.seals import tell_of_seal
from app.notifications.actions.suggesting import tell_of_suggestions
from app.notifications.actions.telling import (
    forget_between,
    tell_of,
    tell_of_commitment,
    tell_of_privacy,
    tell_of_reactions,
    tell_the_group,
)
from app.notifications.actions.wishes import CHOICES, subscribe_again, unsubscribe, wish_for_mail

__all__ = [
    "CHOICES",
    "ask_members_to_lead",
    "claim_mail",
    "end_claim",
    "forget_between",
    "forget_old_lines",
    "hush",
    "mark_all_read",
    "mark_group_seen",
    "mark_read",
    "mark_seen",
    "ring",
    "subscribe_again",
    "tell_of",
    "tell_of_answer",
    "tell_of_ask_answer",
    "tell_of_asks",
    "tell_of_claim",
    "tell_of_commitment",
    "tell_of_invitation",
    "tell_of_joining",
    "tell_of_lead",
    "tell_of_lead_again",
    "tell_of_lost_lead",
    "tell_of_met",
    "tell_of_norms_answer",
    "tell_of_norms_wish",
    "tell_of_privacy",
    "tell_of_proposal",
    "tell_of_reactions",
    "tell_of_role",
    "tell_of_seal",
    "tell_of_suggestions",
    "tell_the_group",
    "unsubscribe",
    "wish_for_mail",
]
