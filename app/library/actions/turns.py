"""Two at once about the same resource or request: one after the other.

Rule: whoever looks for a row of their own before adding it holds the contribution that the row belongs to
first, so that the second finds what the first has added.
"""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db


def hold_root(contribution_id: int) -> None:
    """Until the commit nobody else holds this one. Inside a command, before anything is read."""
    db.session.execute(select(Contribution.id).where(Contribution.id == contribution_id).with_for_update())
