"""What check-ins do when an answer is taken back."""

from app.contributions.events import ReplyRemoved
from app.core.events import on
from app.threads.actions import forget_answer


@on(ReplyRemoved)
def an_answer_was_taken_back(event: ReplyRemoved) -> None:
    forget_answer(event.reply_id)
