"""What contributions do by the clock: rows of the sealed store that stand for nothing go, and so do
keys of postings that nobody sends again."""

from contextlib import suppress

from app.contributions.actions.once import let_lapse
from app.contributions.actions.sealing import sweep
from app.core.jobs import periodic
from app.core.seals import NotReady


@periodic(hour="3", minute="50")
def sweep_seals_at_night() -> None:
    with suppress(NotReady):
        sweep()


@periodic(minute="20")
def let_keys_lapse() -> None:
    """Every hour: what was posted is told by its key for a day and a little."""
    let_lapse()
