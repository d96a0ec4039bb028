"""The pace of uploads: what was kept is counted from its rows, what was refused beside it.

Rule: a file that is refused costs as much to look at as one that is kept, so an hour holds as many of either.
Neighbours: every route that receives a file for a draft; `networks.actions.pace` has the numbers.
"""

from typing import Final

from flask_babel import gettext as _

from app.contributions.queries.uploading import uploaded_within
from app.core import limits
from app.core.limits import TooFast
from app.networks.actions.pace import HOUR, keep_pace, most
from app.networks.models import Member

_REFUSED: Final = "refused-uploads"


def keep_upload_pace(viewer: Member) -> None:
    """Raises TooFast where one more file within this hour is too much."""
    keep_pace(viewer, "uploads", *uploaded_within(viewer, HOUR))
    if not limits.has_left(_REFUSED, _rate(viewer), _who(viewer)):
        sentence = _("A lot of files could not be taken within one hour. You can go on a little later.")
        raise TooFast(sentence, 600)


def count_refused(viewer: Member, number: int = 1) -> None:
    """So many files were looked at and not kept."""
    for _one in range(number):
        limits.allowed(_REFUSED, _rate(viewer), _who(viewer))


def _rate(viewer: Member) -> str:
    return f"{most(viewer, 'uploads')}/hour"


def _who(viewer: Member) -> str:
    return f"member:{viewer.id}"
