"""What looks like a student's: in a text, in a table, in a file."""

from app.privacy.policy.files import look_inside
from app.privacy.policy.looking import look
from app.privacy.policy.people import Known

__all__ = ["Known", "look", "look_inside"]
