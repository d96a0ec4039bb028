"""What the bell hears of requests, beside their replies."""

from app.core.doors import closed
from app.core.events import on
from app.library.events import RequestMet
from app.notifications.actions import tell_of_met


@on(RequestMet, after=True)
@closed("keeps ids; words are made when the line is shown")
def hear_request_met(event: RequestMet) -> None:
    tell_of_met(event.contribution_id)
