"""Cases, reports, acts and the record, split by noun."""

from app.moderation.models.acts import Act, Appeal
from app.moderation.models.cases import Case, CaseNote, CaseParty
from app.moderation.models.record import RecordLine
from app.moderation.models.reports import Report
from app.moderation.models.wishes import WATCHES, ModerationWish, WatchWord

__all__ = [
    "WATCHES",
    "Act",
    "Appeal",
    "Case",
    "CaseNote",
    "CaseParty",
    "ModerationWish",
    "RecordLine",
    "Report",
    "WatchWord",
]
