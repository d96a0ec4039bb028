"""Answering a check-in: one reply for each member, made from a field for each question."""

from collections.abc import Sequence
from html import escape

from sqlalchemy import delete

from app.contributions.actions import end_draft, post_reply
from app.contributions.actions.once import again_if_raced
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries import get_root
from app.core import text
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.threads.models import CheckInAnswer
from app.threads.policy import can_answer_round
from app.threads.queries import answer_of, round_of


class AnsweredBefore(ValueError):
    """They have an answer in this round; it can be edited."""


@again_if_raced
@command
def answer_check_in(
    actor: Member, root: Contribution, answers: Sequence[str], *, key: str | None = None
) -> Contribution:
    """Answer with plain words, one for each question; a blank one leaves its question out.

    Raises AnsweredBefore, NotFound, Forbidden, TooLong, and ValueError where nothing is said.
    """
    root = get_root(actor, root.id)
    asked = round_of(root.id)
    if asked is None:
        raise NotFound
    require(can_answer_round(actor, root))
    html = as_html([str(question) for question in asked.questions], answers)
    before = db.session.get(CheckInAnswer, (root.id, actor.id))
    if before is not None and key is None:
        raise AnsweredBefore
    reply = post_reply(actor, root, html=html, key=key)
    end_draft(actor, "check_in", f"root:{root.id}")
    if before is None:
        db.session.add(CheckInAnswer(root_id=root.id, member_id=actor.id, reply_id=reply.id))
        db.session.flush()
    elif answer_of(actor, root.id) != reply.id:
        raise AnsweredBefore
    return reply


def as_html(questions: Sequence[str], answers: Sequence[str]) -> str:
    """Each answered question in bold, its answer beneath. Raises ValueError, TooLong."""
    said = [
        f"<p><strong>{escape(question, quote=False)}</strong></p>{text.from_plain(answer)}"
        for question, answer in zip(questions, answers, strict=False)
        if answer.strip()
    ]
    if not said:
        raise ValueError("empty")
    return "".join(said)


@command
def forget_answer(reply_id: int) -> None:
    """An answer was taken back: its member may answer again."""
    db.session.execute(delete(CheckInAnswer).where(CheckInAnswer.reply_id == reply_id))
