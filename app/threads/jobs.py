"""What the worker does by the clock: open the check-ins that are due."""

import structlog

from app.core import clock
from app.core.db import db
from app.core.doors import closed
from app.core.jobs import periodic
from app.threads.actions import open_due
from app.threads.queries import due_check_ins

log = structlog.get_logger()


@periodic(minute="*/5")
@closed("opens what the people of a group then see")
def open_check_ins() -> int:
    """Each in a command of its own; gives how many were opened. Running it again changes nothing."""
    ids = due_check_ins(clock.now())
    db.session.commit()
    opened = 0
    for space_id in ids:
        try:
            opened += open_due(space_id) is not None
        except Exception:
            log.exception("check_in_failed", space=space_id)
    return opened
