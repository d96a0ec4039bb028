"""What happens in moderation by the clock."""

from app.core.jobs import periodic
from app.moderation.actions.claims import let_go


@periodic(minute="7")
def claims_go_back() -> None:
    """What somebody took up who cannot judge it any more, for whatever reason nobody told us of."""
    let_go()
