"""What a network is made of, split by noun."""

from app.networks.models.blocks import Block
from app.networks.models.changes import Change, change_from, changes_between
from app.networks.models.joining import Invitation, MailInvitation
from app.networks.models.members import GRADES, ROLES, STANDINGS, Member, fold, grade_bit, grades_of
from app.networks.models.networks import Driver, Network, NormsVersion, Site
from app.networks.models.numbered import Norm, numbered, with_refs
from app.networks.models.setup import Setup

__all__ = [
    "GRADES",
    "ROLES",
    "STANDINGS",
    "Block",
    "Change",
    "Driver",
    "Invitation",
    "MailInvitation",
    "Member",
    "Network",
    "Norm",
    "NormsVersion",
    "Setup",
    "Site",
    "change_from",
    "changes_between",
    "fold",
    "grade_bit",
    "grades_of",
    "numbered",
    "with_refs",
]
