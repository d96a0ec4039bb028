"""What contributions do by the clock: rows of the sealed store that stand for nothing go."""

from contextlib import suppress

from app.contributions.actions.sealing import sweep
from app.core.jobs import periodic
from app.core.seals import NotReady


@periodic(hour="3", minute="50")
def sweep_seals_at_night() -> None:
    with suppress(NotReady):
        sweep()
