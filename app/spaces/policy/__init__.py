"""Who sees a space, and who may do what in it and with its group."""

from app.spaces.policy.groups import Tie
from app.spaces.policy.sight import AnyViewer, can_share_in, finds, is_place, require_share_in, sees

__all__ = ["AnyViewer", "Tie", "can_share_in", "finds", "is_place", "require_share_in", "sees"]
