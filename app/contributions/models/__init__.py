"""The contribution and what gathers around it, split by noun."""

from app.contributions.models.contributions import (
    OUTCOMES,
    STATES,
    Attachment,
    Contribution,
    Mention,
    Revision,
)
from app.contributions.models.drafts import Draft, IdempotencyKey
from app.contributions.models.openings import SealOpening
from app.contributions.models.pins import Pin
from app.contributions.models.privacy import PrivacyKept
from app.contributions.models.reading import HereWish, Quote, ReadPlace
from app.contributions.models.responses import REACTIONS, Commitment, Reaction, Save
from app.contributions.models.standards import ContributionStandard

__all__ = [
    "OUTCOMES",
    "REACTIONS",
    "STATES",
    "Attachment",
    "Commitment",
    "Contribution",
    "ContributionStandard",
    "Draft",
    "HereWish",
    "IdempotencyKey",
    "Mention",
    "Pin",
    "PrivacyKept",
    "Quote",
    "Reaction",
    "ReadPlace",
    "Revision",
    "Save",
    "SealOpening",
]
