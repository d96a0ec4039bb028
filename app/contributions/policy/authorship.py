"""Who wrote a contribution. Authorship can be sealed: nothing outside this file compares `author_id`. What is
sealed was written by whoever its seal fits; no table says who that is.
"""

from sqlalchemy import ColumnElement

from app.contributions.models import Contribution
from app.core import seals
from app.networks.models import Member


def seal_of(contribution_id: int, member_id: int) -> str:
    """HMAC that ties a sealed contribution to its author without naming them. Raises seals.NotReady."""
    return seals.mark("author", contribution_id, member_id)


def is_author(viewer: Member, contribution: Contribution) -> bool:
    """Whether `viewer` wrote it, also where authorship is sealed."""
    if contribution.seal is not None:
        return seals_match(viewer, contribution.id, contribution.seal)
    return contribution.author_id == viewer.id


def seals_match(viewer: Member, contribution_id: int, seal: str) -> bool:
    """Whether `seal`, of that contribution, is the viewer's."""
    return seals.fits(seal, "author", contribution_id, viewer.id)


def is_sealed_by(actor: Member, contribution: Contribution) -> bool:
    """Whether `actor` wrote it without their name: no row may hold both."""
    return contribution.seal is not None and is_author(actor, contribution)


def authored_by(viewer: Member) -> ColumnElement[bool]:
    """The unsealed contributions of `viewer`, as a clause."""
    return Contribution.author_id == viewer.id
