"""What the bell hears of the library."""

from app.core.doors import closed
from app.core.events import on
from app.library.events import SuggestionChanged
from app.notifications.actions import tell_of_suggestions


@on(SuggestionChanged, after=True)
@closed("keeps ids; words are made when the line is shown")
def hear_suggestion(event: SuggestionChanged) -> None:
    tell_of_suggestions(event.contribution_id, event.member_id)
