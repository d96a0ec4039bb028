"""What a space is made of, split by noun."""

from app.spaces.models.groups import (
    COVERS,
    FORMS,
    LEVELS,
    Group,
    GroupAsk,
    GroupInvitation,
    GroupProposal,
    SpaceSetting,
    SteppedOut,
    words_of,
)
from app.spaces.models.norms import GroupNorms
from app.spaces.models.spaces import ACCESS, GROUP_KINDS, KINDS, Space, SpaceMember

__all__ = [
    "ACCESS",
    "COVERS",
    "FORMS",
    "GROUP_KINDS",
    "KINDS",
    "LEVELS",
    "Group",
    "GroupAsk",
    "GroupInvitation",
    "GroupNorms",
    "GroupProposal",
    "Space",
    "SpaceMember",
    "SpaceSetting",
    "SteppedOut",
    "words_of",
]
