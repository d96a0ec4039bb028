"""The directory of groups: mine, all, and those that somebody might like.

Rules: the directory holds what `finds` finds and nothing more: no count, filter or search ever
touches a group that the viewer may not know of.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core import clock
from app.core.db import db
from app.core.pages import Page, page_of
from app.core.text import line
from app.networks.models import Member, fold, grade_bit, words
from app.spaces.models import FORMS, Group, GroupAsk, Space, SpaceMember
from app.spaces.policy import finds

SIZE = 24
CANDIDATES = 60
SUGGESTED = 6
LATELY = timedelta(weeks=3)
ENOUGH = 3
"""People of one's own role in a group before the group is suggested for it: never one person."""
WAYS = ("open", "request", "invite")


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed by; anything unknown is no filter."""

    words: str = ""
    driver_id: int | None = None
    grade: int | None = None
    form: str = ""
    access: str = ""
    archived: bool = False

    def __bool__(self) -> bool:
        asked = self.words or self.form or self.access or self.archived
        return bool(asked or self.driver_id is not None or self.grade is not None)

    def clauses(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = [
            Group.words.contains(word, autoescape=True) for word in fold(line(self.words)).split()[:6]
        ]
        if self.driver_id is not None:
            wanted.append(Group.driver_id == self.driver_id)
        if self.grade is not None and 0 <= self.grade <= 12:
            wanted.append(Group.grades.bitwise_and(grade_bit(self.grade)) != 0)
        if self.form in FORMS:
            wanted.append(Group.form == self.form)
        if self.access in WAYS:
            wanted.append(Space.access == self.access)
        wanted.append(Space.archived_at.is_not(None) if self.archived else Space.archived_at.is_(None))
        return wanted


@dataclass(frozen=True)
class Suggestion:
    """A group, and in words why."""

    group: Group
    why: str


def _groups(viewer: Member) -> Select[Any]:
    return (
        select(Group)
        .join(Group.space)
        .where(finds(viewer))
        .options(contains_eager(Group.space), joinedload(Group.driver))
    )


def _joined(viewer: Member) -> Select[Any]:
    return select(SpaceMember.space_id).where(SpaceMember.member_id == viewer.id)


def directory(
    viewer: Member, filters: Filters, cursor: str | None = None, *, mine: bool = False
) -> Page[Group]:
    """Groups by name; with `mine` those that the viewer belongs to."""
    query = _groups(viewer).where(*filters.clauses())
    if mine:
        query = query.where(Space.id.in_(_joined(viewer)))
    return page_of(query, [Group.name_key, Group.space_id], cursor, size=SIZE, newest_first=False)


def suggested(viewer: Member) -> list[Suggestion]:
    """Groups to join or to ask: same grade, same driver, one's own role; the liveliest first."""
    asked = select(GroupAsk.space_id).where(GroupAsk.member_id == viewer.id, GroupAsk.state == "open")
    query = _groups(viewer).where(
        Space.kind == "group",
        Space.access.in_(("open", "request")),
        Space.archived_at.is_(None),
        Space.id.not_in(_joined(viewer)),
        Space.id.not_in(asked),
    )
    found = list(db.session.scalars(query.order_by(Group.active_at.desc(), Space.id).limit(CANDIDATES)))
    drivers, alike = _my_drivers(viewer), _alike(viewer, [group.space_id for group in found])
    ranked = sorted(((_worth(viewer, group, drivers, alike), group) for group in found), key=_order)
    return [Suggestion(group, why) for (points, why), group in ranked if points > 0][:SUGGESTED]


def _order(ranked: tuple[tuple[int, str], Group]) -> tuple[int, float]:
    (points, _why), group = ranked
    return (-points, -group.active_at.timestamp())


def _worth(viewer: Member, group: Group, drivers: set[int], alike: dict[int, int]) -> tuple[int, str]:
    """Points, and the first reason that counted."""
    shared = group.grades & viewer.grades
    reasons = [
        (4, shared and _("About %(grade)s, like you", grade=words.grades_word(shared).lower())),
        (3, group.driver_id in drivers and _("Serves a driver that you work on")),
        (2, alike.get(group.space_id, 0) >= ENOUGH and _("Others with your role are in it")),
        (1, group.active_at > clock.now() - LATELY and _("Much is shared there these weeks")),
    ]
    good = [(points, why) for points, why in reasons if why]
    return sum(points for points, _why in good), str(good[0][1]) if good else ""


def _my_drivers(viewer: Member) -> set[int]:
    query = select(Group.driver_id).where(Group.space_id.in_(_joined(viewer)), Group.driver_id.is_not(None))
    return {driver_id for driver_id in db.session.scalars(query) if driver_id is not None}


def _alike(viewer: Member, space_ids: list[int]) -> dict[int, int]:
    """How many of the viewer's role are in each of these groups."""
    if viewer.role is None or not space_ids:
        return {}
    query = (
        select(SpaceMember.space_id, func.count())
        .join(Member, Member.id == SpaceMember.member_id)
        .where(SpaceMember.space_id.in_(space_ids), Member.role == viewer.role)
        .group_by(SpaceMember.space_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
