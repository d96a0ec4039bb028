"""Quoting by reference: a range of the words of another contribution of the same root.

The words are never copied: they are filled in when the reply is shown. When the quoted one is
edited the range follows its words; where they are gone the quote says so. When it is taken
back or held, the quote is empty at once, on open pages too.
"""

from dataclasses import dataclass

from sqlalchemy import select, update

from app.contributions.events import ReplyEdited
from app.contributions.models import Contribution, Quote
from app.contributions.policy import visible_to
from app.core.access import NotFound
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member

QUOTED_AT_MOST = 1000
"""Characters of one quote."""


@dataclass(frozen=True)
class Excerpt:
    """Characters `start` to `stop` (exclusive) of the plain text of contribution `quoted_id`."""

    quoted_id: int
    start: int
    stop: int


class BadExcerpt(ValueError):
    """Not a range of that text: it was changed meanwhile, or never was one."""


def quote(actor: Member, reply: Contribution, excerpt: Excerpt | None) -> None:
    """Let `reply` quote what its author sees in the same root. Inside a command.

    Raises NotFound for another root's words or what the actor may not see, BadExcerpt.
    """
    if excerpt is None:
        return
    among = (Contribution.id == reply.root_id) | (Contribution.root_id == reply.root_id)
    quoted = db.session.scalar(
        select(Contribution).where(Contribution.id == excerpt.quoted_id, among, visible_to(actor))
    )
    if quoted is None or quoted.state != "published":
        raise NotFound
    length = excerpt.stop - excerpt.start
    if excerpt.start < 0 or not 0 < length <= QUOTED_AT_MOST or excerpt.stop > len(quoted.text):
        raise BadExcerpt
    db.session.add(Quote(reply_id=reply.id, quoted_id=quoted.id, start=excerpt.start, stop=excerpt.stop))
    db.session.flush()


def follow_words(contribution: Contribution, before: str) -> None:
    """Its text was `before`: quotes find their words again, or lose them. Inside a command."""
    for each in _quotes_of(contribution.id):
        words = before[each.start : each.stop]
        start = contribution.text.find(words) if words else -1
        each.start, each.stop = (start, start + len(words)) if start >= 0 else (0, 0)
    show_again(contribution)


def show_again(contribution: Contribution) -> None:
    """Pages that quote it show its words as they are now. Inside a command."""
    for each in _quotes_of(contribution.id):
        bumped = (
            update(Contribution)
            .where(Contribution.id == each.reply_id, Contribution.state == "published")
            .values(version=Contribution.version + 1)
            .returning(Contribution.root_id)
        )
        root_id = db.session.execute(bumped).scalar_one_or_none()
        if root_id is not None:
            publish(ReplyEdited(each.reply_id, root_id))


def _quotes_of(contribution_id: int) -> list[Quote]:
    found = select(Quote).where(Quote.quoted_id == contribution_id).order_by(Quote.reply_id)
    return list(db.session.scalars(found))
