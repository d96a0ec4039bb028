"""What a network is made of, split by noun."""

from app.networks.models.joining import Invitation, MailInvitation
from app.networks.models.members import GRADES, ROLES, Member, grade_bit, grades_of
from app.networks.models.networks import Driver, Network, NormsVersion, Site

__all__ = [
    "GRADES",
    "ROLES",
    "Driver",
    "Invitation",
    "MailInvitation",
    "Member",
    "Network",
    "NormsVersion",
    "Site",
    "grade_bit",
    "grades_of",
]
