"""Replies: the newest few for a card, and pages of all of them by position."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution, Quote
from app.contributions.policy import visible_to
from app.core.db import db
from app.networks.models import Member, Network, Site

ON_A_CARD = 3
ON_A_PAGE = 50

_Parent, _Quoted, _Root = aliased(Contribution), aliased(Contribution), aliased(Contribution)
_ParentBy, _QuotedBy = aliased(Member), aliased(Member)
_Answered = aliased(Contribution)
_IS_ANSWER = exists(
    select(_Answered.id).where(_Answered.answer_id == Contribution.id).correlate(Contribution)
)
_QUOTED_WORDS = func.substr(_Quoted.text, Quote.start + 1, Quote.stop - Quote.start)

REPLY_COLUMNS = (
    Contribution.id,
    Contribution.space_id,
    Contribution.root_id,
    Contribution.parent_id,
    Contribution.position,
    Contribution.version,
    Contribution.state,
    Contribution.state_reason,
    Contribution.kind,
    Contribution.html,
    Contribution.card,
    Contribution.author_id,
    Contribution.seal.is_not(None).label("sealed"),
    Contribution.author_role,
    Contribution.author_grades,
    Contribution.thanks_count,
    Contribution.same_here_count,
    Contribution.learned_count,
    Contribution.published_at,
    Contribution.edited_at,
    Contribution.reply_count,
    Network.slug.label("network"),
    Member.name.label("author_name"),
    Member.photo_key.label("author_photo"),
    Site.short_name.label("author_site"),
    _Parent.state.label("parent_state"),
    case((_Parent.seal.is_(None), _ParentBy.name), else_=None).label("parent_author"),
    Quote.quoted_id,
    (_Quoted.state == "published").label("quoted_shows"),
    case((and_(_Quoted.state == "published", Quote.stop > 0), _QUOTED_WORDS), else_=None).label(
        "quoted_words"
    ),
    case((_Quoted.seal.is_(None), _QuotedBy.name), else_=None).label("quoted_author"),
    _IS_ANSWER.label("is_answer"),
)
"""All that `_reply.html` needs, and nothing about who looks."""


def reply_rows() -> Select[*tuple[Any, ...]]:
    """The rows behind `_reply.html`, to be narrowed by the caller."""
    return (
        select(*REPLY_COLUMNS)
        .select_from(Contribution)
        .join(Network, Network.id == Contribution.network_id)
        .outerjoin(Member, Member.id == Contribution.author_id)
        .outerjoin(Site, Site.id == Contribution.author_site_id)
        .outerjoin(_Parent, _Parent.id == Contribution.parent_id)
        .outerjoin(_ParentBy, _ParentBy.id == _Parent.author_id)
        .outerjoin(Quote, Quote.reply_id == Contribution.id)
        .outerjoin(_Quoted, _Quoted.id == Quote.quoted_id)
        .outerjoin(_QuotedBy, _QuotedBy.id == _Quoted.author_id)
    )


def latest_replies(root_ids: Sequence[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The newest replies of each root (already visible to the caller), oldest first."""
    if not root_ids:
        return {}
    number = func.row_number().over(partition_by=Contribution.root_id, order_by=Contribution.position.desc())
    newest = (
        select(Contribution.id, number.label("number"))
        .where(Contribution.root_id.in_(root_ids), Contribution.state == "published")
        .subquery()
    )
    query = (
        reply_rows()
        .where(Contribution.id.in_(select(newest.c.id).where(newest.c.number <= ON_A_CARD)))
        .order_by(Contribution.root_id, Contribution.position)
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.root_id, []).append(row)
    return found


@dataclass
class Group:
    """A reply with the replies to it that are shown beneath."""

    row: Row[*tuple[Any, ...]]
    children: list[Row[*tuple[Any, ...]]]


def grouped(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Group]:
    """Replies under their parent where it is among them; the others stand by themselves."""
    groups: dict[int, Group] = {}
    found: list[Group] = []
    for row in rows:
        group = groups.get(row.parent_id) if row.parent_id else None
        if group is not None:
            group.children.append(row)
        else:
            group = Group(row, [])
            found.append(group)
        groups[row.id] = group
    return found


@dataclass(frozen=True)
class ReplyPage:
    """Replies in order of position; `earlier` and `later` are positions to ask from, or None."""

    rows: list[Row[*tuple[Any, ...]]]
    earlier: int | None
    later: int | None


def replies_of(
    viewer: Member, root: Contribution, *, before: int | None = None, after: int | None = None
) -> ReplyPage:
    """A page of replies: the newest, or those before or after a position (exclusive)."""
    query = reply_rows().where(Contribution.root_id == root.id, visible_to(viewer))
    if after is not None:
        query = query.where(Contribution.position > after).order_by(Contribution.position)
    else:
        if before is not None:
            query = query.where(Contribution.position < before)
        query = query.order_by(Contribution.position.desc())
    rows = list(db.session.execute(query.limit(ON_A_PAGE + 1)))
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    if after is not None:
        return ReplyPage(rows, after + 1 if rows and after else None, rows[-1].position if more else None)
    rows.reverse()
    return ReplyPage(rows, rows[0].position if more else None, None)


def _shows(kind: type[Contribution]) -> ColumnElement[bool]:
    return or_(kind.state == "published", and_(kind.state == "removed", kind.reply_count > 0))


_REPLY: BindParameter[int] = bindparam("reply_id")
_ONE = (
    reply_rows()
    .join(_Root, _Root.id == Contribution.root_id)
    .where(Contribution.id == _REPLY, _shows(Contribution), _shows(_Root))
)
"""Built once: every live reply asks it."""


def reply_row(reply_id: int, *, own: bool = False) -> Row[*tuple[Any, ...]] | None:
    """One reply for the live stream, while it and its root show; no viewer in sight.

    `own`: for its author, who sees it while it is held, too.
    """
    if own:
        return db.session.execute(reply_rows().where(Contribution.id == reply_id)).first()
    return db.session.execute(_ONE, {"reply_id": reply_id}).first()
