"""Long talks as one reader meets them: their place, what is unread, a window of replies.

A *window* is the stretch of positions that a page holds. It is found by position alone, so that
a talk of ten thousand replies costs what one of sixty does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from app.contributions.models import Contribution, HereWish, ReadPlace
from app.contributions.policy import AnyReader, visible_to
from app.contributions.queries.replies import ON_A_PAGE, reply_rows
from app.core.db import db
from app.networks.models import Member

ABOVE = 10
"""Replies before the place that a window begins with, so that one remembers where one was."""


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

    `last` is the root's newest position when nothing comes after it.
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
    last = rows[-1].position if more else max(root.reply_seq, position)
    return Window(rows, min(position + 1, last), last, root.reply_seq)


def window_before(viewer: Member, root: Contribution, position: int) -> Window:
    """The replies before a position."""
    query = _SHOWN.where(Contribution.root_id == root.id, Contribution.position < position)
    rows = _rows(viewer, query.order_by(Contribution.position.desc()))
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE][::-1]
    first = rows[0].position if more else 1
    return Window(rows, first, max(0, position - 1), root.reply_seq)


def window_at(viewer: Member, root: Contribution, position: int) -> Window:
    """The replies around a position: a few before it, and the rest of a page after it.

    Near the end it begins earlier, so that a page is full.
    """
    return window_after(viewer, root, max(0, min(position - ABOVE, root.reply_seq - ON_A_PAGE)))
