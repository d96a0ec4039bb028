"""What the bell hears from features that stand beside it."""

from app.core.bell import Hushed, Rung
from app.core.doors import closed
from app.core.events import on
from app.notifications import actions

IDS_ONLY = "keeps ids; words are made when the line is shown"


@on(Rung, after=True)
@closed(IDS_ONLY)
def hear_ring(event: Rung) -> None:
    actions.ring(event.member_id, event.verb, event.about_id, event.actor_id)


@on(Hushed, after=True)
@closed(IDS_ONLY)
def hear_hush(event: Hushed) -> None:
    actions.hush(event.verb, event.about_id)
