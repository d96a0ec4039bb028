"""What the bell hears of proposals to change the norms."""

from app.core.doors import closed
from app.core.events import on
from app.norms.events import NormsDecided, NormsProposed
from app.notifications import actions
from app.notifications.subscribers.contributions import IDS_ONLY


@on(NormsProposed, after=True)
@closed(IDS_ONLY)
def hear_norms_wish(event: NormsProposed) -> None:
    actions.tell_of_norms_wish(event.contribution_id)


@on(NormsDecided, after=True)
@closed(IDS_ONLY)
def hear_norms_answer(event: NormsDecided) -> None:
    actions.tell_of_norms_answer(event.contribution_id)
