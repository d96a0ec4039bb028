"""What somebody began to write and did not send: so that they find it again above the feed.

Rules: only one's own; what goes without a name is never among it, because the server is sent no word of it.
The page's one statement counts drafts; what is in them is read for the line that the page asks for later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, or_, select

from app.contributions.models import Contribution, Draft
from app.contributions.policy import visible_to
from app.core import glance
from app.core.db import BigId, db
from app.networks.models import Member

KINDS = ("question", "tried_it", "material", "update", "thread", "resource", "request")
"""Kinds whose form stands on a page of its own."""
WORDS = ("title", "html", "body", "expected", "happened", "change_next", "file_keys")
"""Fields that a person fills; all others are choices."""
LOOKED_AT, SHOWN = 10, 3
"""For as many rows as are shown there is a place in the styles, `begun-comes-1` and on."""
_MARKS = re.compile(r"<[^>]*>|&nbsp;")


@dataclass(frozen=True)
class Begun:
    """`about` is the number of what a *tried it* tells of."""

    kind: str
    about: int | None
    form: str
    """What the form's drafts are called in the page."""


def begun_by(member: Member) -> glance.Part | None:
    """For the page's one statement: `begun`, how many drafts there may be."""
    return glance.Part(_counted, {"begun_by": member.id}) if member.may_write else None


def _counted(_size: int) -> list[Select[Any]]:
    counted = select(func.count(Draft.id)).where(_of_posts(bindparam("begun_by", type_=BigId)))
    return [select(literal("begun").label("name"), counted.scalar_subquery().label("number"))]


def begun_of(viewer: Member) -> list[Begun]:
    """The newest first; those in which something is written."""
    query = select(Draft).where(_of_posts(literal(viewer.id, BigId)))
    drafts = db.session.scalars(query.order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(LOOKED_AT))
    written = [draft for draft in drafts if any(_said(draft.body))]
    about = {_number(draft): None for draft in written}
    seen = set(
        db.session.scalars(select(Contribution.id).where(Contribution.id.in_(about), visible_to(viewer)))
    )
    return [
        Begun(draft.kind, _number(draft) or None, f"{draft.kind}:{draft.target}")
        for draft in written
        if not draft.target or _number(draft) in seen
    ][:SHOWN]


def _of_posts(member_id: Any) -> ColumnElement[bool]:
    whole = or_(Draft.target == "", (Draft.kind == "tried_it") & Draft.target.startswith("about:"))
    return (Draft.member_id == member_id) & Draft.kind.in_(KINDS) & whole


def _number(draft: Draft) -> int:
    return int(draft.target.partition(":")[2] or 0)


def _said(body: dict[str, Any]) -> Iterator[bool]:
    for name in WORDS:
        values = body.get(name) or []
        for value in values if isinstance(values, list) else [values]:
            yield isinstance(value, str) and _MARKS.sub("", value).strip() != ""
