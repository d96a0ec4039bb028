"""Long talks as one reader meets them: their place, what is unread, a window of replies.

A *window* is the stretch of positions that a page holds. It is found by position alone, so that
a talk of ten thousand replies costs what one of sixty does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution, HereWish, ReadPlace
from app.contributions.models.contributions import UNSEEN_FROM
from app.contributions.policy import AnyReader, visible_to
from app.contributions.queries.replies import ON_A_PAGE, reply_rows
from app.core.db import db
from app.networks.models import Member

ABOVE = 10
"""Replies before the place that a window begins with, so that one remembers where one was."""


_Reply = aliased(Contribution)
_NEWEST = (
    select(_Reply.position)
    .where(_Reply.root_id == Contribution.id, _Reply.state == "published")
    .order_by(_Reply.position.desc())
    .limit(1)
    .correlate(Contribution)
    .scalar_subquery()
)
SHOWN_SEQ: ColumnElement[int] = func.coalesce(_NEWEST, 0)
"""The position of a root's last reply that shows: one step from the end of an index, and never a count.

Unread is told from this: what was held or taken back after it is known to nobody.
"""


def last_shown(root: Contribution) -> int:
    """The position of the last reply that shows; 0 without one."""
    if not root.reply_seq:
        return 0
    return db.session.scalar(select(SHOWN_SEQ).where(Contribution.id == root.id)) or 0


def place_of(viewer: Member, root_id: int) -> int | None:
    """The position up to which the viewer has read, None where they never were."""
    query = select(ReadPlace.position).where(
        ReadPlace.member_id == viewer.id, ReadPlace.contribution_id == root_id
    )
    return db.session.scalar(query)


def is_hidden(viewer: Member) -> bool:
    """Whether the viewer does not want to be seen as here."""
    wish = select(HereWish.hidden).where(HereWish.member_id == viewer.id)
    return bool(db.session.scalar(wish))


@dataclass(frozen=True)
class Window:
    """Replies in order of position; it covers every position in `first` to `last`, both included.

    `newest` is the last position that shows to everybody, and `last` too when nothing comes after it.
    """

    rows: Sequence[Row[*tuple[Any, ...]]]
    first: int
    last: int
    newest: int

    @property
    def earlier(self) -> bool:
        return self.first > 1

    @property
    def later(self) -> bool:
        return self.last < self.newest


_ANYBODY: Any = AnyReader()


def _statement() -> Select[*tuple[Any, ...]]:
    return reply_rows().where(visible_to(_ANYBODY))


_SHOWN = _statement()
"""Built once: making a statement costs more than running this one."""


def _rows(viewer: Member, query: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(query.limit(ON_A_PAGE + 1), AnyReader.is_now(viewer)))


def window_after(viewer: Member, root: Contribution, position: int) -> Window:
    """The replies after a position."""
    query = _SHOWN.where(Contribution.root_id == root.id, Contribution.position > position)
    rows = _rows(viewer, query.order_by(Contribution.position))
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    newest = _newest(root, [] if more else rows)
    last = rows[-1].position if more else max(newest, position)
    return Window(rows, min(position + 1, last), last, newest)


def window_before(viewer: Member, root: Contribution, position: int) -> Window:
    """The replies before a position."""
    query = _SHOWN.where(Contribution.root_id == root.id, Contribution.position < position)
    rows = _rows(viewer, query.order_by(Contribution.position.desc()))
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE][::-1]
    first, newest = rows[0].position if more else 1, last_shown(root)
    return Window(rows, first, max(0, min(position - 1, newest)), newest)


def _newest(root: Contribution, rows_to_the_end: Sequence[Row[*tuple[Any, ...]]]) -> int:
    """The last position that shows, told from the rows of a talk's end where they say it."""
    shown = [row.position for row in rows_to_the_end if row.state == "published"]
    return shown[-1] if shown else last_shown(root)


def window_at(viewer: Member, root: Contribution, position: int) -> Window:
    """The replies around a position: a few before it, and the rest of a page after it.

    Near the end it begins earlier, so that a page is full. What is the viewer's own and waits comes last.
    """
    if position >= UNSEEN_FROM:
        return window_before(viewer, root, position + 1)
    newest = last_shown(root) if root.reply_seq > ON_A_PAGE else 0
    return window_after(viewer, root, max(0, min(position - ABOVE, newest - ON_A_PAGE)))
