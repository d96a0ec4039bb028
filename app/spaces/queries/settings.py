"""What a member wants to be told of a space."""

from app.core.db import db
from app.networks.models import Member
from app.spaces.models import SpaceSetting


def setting_of(viewer: Member, space_id: int) -> SpaceSetting:
    """Their setting; a new one that says what no row means, where there is none."""
    found = db.session.get(SpaceSetting, (space_id, viewer.id))
    return found or SpaceSetting(space_id=space_id, member_id=viewer.id, level="mentions")
