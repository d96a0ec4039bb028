"""Claims that cannot be kept: who took a case up has left, rests, may not sign in, judges it no more, or is
in it themselves by now. It goes back to the queue, and those who judge are told anew.
"""

from sqlalchemy import select

from app.core.bell import Hushed
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.moderation.actions.opening import tell_judges
from app.moderation.actions.recording import record
from app.moderation.models import Case
from app.moderation.queries.judges import keeps_claim


@command
def let_go(network_id: int | None = None) -> None:
    """Of every claim that cannot be kept, in one network or in all."""
    query = select(Case).where(Case.state == "claimed").order_by(Case.id).with_for_update(of=Case)
    if network_id is not None:
        query = query.where(Case.network_id == network_id)
    for case in db.session.scalars(query):
        let_go_of(case)


def let_go_of(case: Case) -> None:
    """Inside a command, with the case's row locked."""
    if case.state != "claimed" or keeps_claim(case):
        return
    case.state, case.claimed_by_id = "new", None
    db.session.flush()
    record(case.network_id, "give_back", case=case)
    publish(Hushed("mod_case", case.id))
    tell_judges(case, anew=True)
