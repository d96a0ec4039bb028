"""What can be wrong with a file, each with the sentence that the person reads."""

from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException


class Refused(ValueError):
    """A file that we do not take; `message` says why and what would work."""

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class TooLarge(Refused):
    """A file above the limit for its kind."""


class QuotaFull(Refused):
    """One person's files take up all that is theirs."""


class StorageFull(HTTPException):
    """The disk is full; nothing was kept half."""

    code = 507
    description = _l(
        "There is no room left for new files just now. Nothing was lost; please try again a little later."
    )


class Missing(LookupError):
    """There are no bytes under this key."""
