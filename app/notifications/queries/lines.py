"""The lines of the bell, as their reader may see them now.

A *line* is a notification ready for its words: the newest people behind it, how many more,
what it is about and where a click leads. Acts through something that does not show any more
are left out, and what is about a thing of another space than the one it leads to carries no
title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.policy import is_author
from app.core.addresses import path_for
from app.core.db import Moment, db
from app.core.maths import line_read
from app.core.pages import Page, encode, keyset
from app.core.text import excerpt
from app.library.queries import answered_with
from app.networks.models import Member
from app.notifications.models import Notification, NotificationActor
from app.notifications.policy import shows_to_any
from app.notifications.queries.abouts import About, abouts_of

FACES = 3
PARTS = {"suggested": "#suggestions"}
"""Where on the page a line leads, where that is not its top or a reply."""
FIRST_WORDS = 70
"""Characters of a title, or of a thing without one."""


@dataclass(frozen=True)
class People:
    """The newest few who are named (rows with id, name and photo_key), and how many all are.

    `how` is the kind of reaction where everybody gave the same one.
    """

    named: tuple[Any, ...] = ()
    count: int = 0
    how: str = ""

    @property
    def others(self) -> int:
        return self.count - min(len(self.named), 1 if self.count > 2 else 2)


@dataclass(frozen=True)
class Line:
    id: int
    verb: str
    people: People
    title: str
    is_own: bool
    is_reply: bool
    network: str
    at: datetime
    is_unread: bool
    root_id: int
    href: str
    with_what: str = ""
    """What a request was answered with, where it is one answer and the reader sees it."""
    answer: str = ""
    """Where one tap on the line is sent that answers it; empty where there is nothing to answer."""


def lines_of(readers: Sequence[Member], cursor: str | None = None, *, size: int = 20) -> Page[Line]:
    """The lines of one person over all their networks, newest first."""
    by = (Notification.updated_at, Notification.id)
    query = keyset(_visible_lines(readers), by, cursor, newest_first=True).limit(size + 1)
    found = list(db.session.scalars(query))
    shown = found[:size]
    following = encode([shown[-1].updated_at, shown[-1].id]) if len(found) > size else None
    return Page(_ready(shown, readers), following)


def line_of(readers: Sequence[Member], notification_id: int) -> Line | None:
    """One line, or None where it does not show (any more)."""
    found = db.session.scalars(_visible_lines(readers).where(Notification.id == notification_id))
    return next(iter(_ready(list(found), readers)), None)


def _visible_lines(readers: Sequence[Member]) -> Select[Any]:
    columns = (
        Contribution.root_id,
        Contribution.space_id,
        Contribution.state,
        Contribution.title,
        Contribution.text,
        Contribution.author_id,
        Contribution.seal,
    )
    return (
        select(Notification)
        .where(shows_to_any(readers))
        .options(
            joinedload(Notification.contribution).load_only(*columns),
            joinedload(Notification.latest).load_only(*columns),
        )
        .execution_options(populate_existing=True)
    )


def _ready(found: Sequence[Notification], readers: Sequence[Member]) -> list[Line]:
    people = people_behind([notification.id for notification in found])
    by_id = {reader.id: reader for reader in readers}
    abouts = abouts_of(found)
    answers = _answers_of(found, by_id)
    lines = (
        _about_line(each, by_id[each.member_id], people[each.id], abouts.get(each.id))
        if each.about_id is not None
        else _line(each, by_id[each.member_id], people[each.id], answers)
        for each in found
        if people[each.id].count > 0
    )
    return [line for line in lines if line is not None]


def _about_line(
    notification: Notification, reader: Member, people: People, about: About | None
) -> Line | None:
    if about is None:
        return None
    return Line(
        id=notification.id,
        verb=notification.verb,
        people=people,
        title=about.title,
        is_own=False,
        is_reply=False,
        network=reader.network.name,
        at=notification.updated_at,
        is_unread=notification.read_at is None,
        root_id=0,
        href=about.href,
        answer=about.answer,
    )


def _answers_of(found: Sequence[Notification], by_id: dict[int, Member]) -> dict[int, str]:
    """Titles of what requests were answered with, by notification."""
    answered = [each for each in found if each.verb == "answered" and each.latest_id is not None]
    titles = {
        member_id: answered_with(
            by_id[member_id],
            [each.latest_id for each in answered if each.member_id == member_id and each.latest_id],
        )
        for member_id in {each.member_id for each in answered}
    }
    return {each.id: titles[each.member_id].get(each.latest_id or 0, "") for each in answered}


def _line(
    notification: Notification, reader: Member, people: People, answers: Mapping[int, str]
) -> Line | None:
    subject, latest = notification.contribution, notification.latest
    if subject is None or latest is None:
        return None
    root_id = latest.root_id or latest.id
    shown = subject.state == "published" and subject.space_id == latest.space_id
    return Line(
        id=notification.id,
        verb=notification.verb,
        people=people,
        title=excerpt(line_read(subject.title) or subject.text, FIRST_WORDS) if shown else "",
        is_own=is_author(reader, subject),
        is_reply=subject.root_id is not None,
        network=reader.network.name,
        at=notification.updated_at,
        is_unread=notification.read_at is None,
        root_id=root_id,
        href=_leads_to(notification.verb, reader, root_id, latest.id),
        with_what=excerpt(answers.get(notification.id, ""), FIRST_WORDS) if people.count == 1 else "",
    )


def _leads_to(verb: str, reader: Member, root_id: int, landing_id: int) -> str:
    if verb == "privacy":
        slug = reader.network.slug
        return path_for("contributions.student_privacy", network=slug, contribution_id=landing_id)
    return place_of(reader.network.slug, root_id, landing_id) + PARTS.get(verb, "")


def place_of(slug: str, root_id: int, landing_id: int) -> str:
    """The path to a contribution, and in it to the reply."""
    page = path_for("contributions.page", network=slug, contribution_id=root_id)
    return page if landing_id == root_id else f"{page}#reply-{landing_id}"


def people_behind(
    ids: Sequence[int], *, between: tuple[datetime, datetime] | None = None
) -> dict[int, People]:
    """Who is behind each notification, in one query however many they are.

    `between`: only acts told after the first moment and up to the second.
    """
    given: dict[str, Any] = {"ids": list(ids)}
    if between is not None:
        given |= {"after": between[0], "until": between[1]}
    rows = db.session.execute(_newest_people(between is not None), given) if ids else ()
    named: dict[int, list[Row[Any]]] = {}
    for row in rows:
        named.setdefault(row.notification_id, []).append(row)
    return {each: _people(named.get(each, [])) for each in ids}


def _people(rows: list[Row[Any]]) -> People:
    if not rows:
        return People()
    first = rows[0]
    same = first.how if first.how == first.last_how else ""
    return People(tuple(row for row in rows if row.id is not None), int(first.people), same)


@cache
def _newest_people(bounded: bool) -> Select[Any]:
    """Built once; asked with `ids`, and where it is bounded with `after` and `until`."""
    act = NotificationActor
    unnamed = act.member_id.is_(None)
    each = (
        select(
            act.notification_id,
            act.member_id,
            func.max(act.id).label("newest"),
            case((unnamed, func.count()), else_=1).label("number"),
            func.min(act.how).label("how"),
            func.max(act.how).label("last_how"),
        )
        .outerjoin(Contribution, Contribution.id == act.through_id)
        .where(
            act.notification_id.in_(bindparam("ids", expanding=True)),
            or_(act.through_id.is_(None), Contribution.state == "published"),
        )
        .group_by(act.notification_id, act.member_id)
    )
    if bounded:
        after, until = bindparam("after", type_=Moment), bindparam("until", type_=Moment)
        each = each.where(act.at > after, act.at <= until)
    person = each.subquery()
    line = person.c.notification_id
    order = (person.c.member_id.is_(None), person.c.newest.desc())
    ranked = select(
        person.c.notification_id,
        func.row_number().over(partition_by=line, order_by=order).label("rank"),
        person.c.member_id,
        func.sum(person.c.number).over(partition_by=line).label("people"),
        func.min(person.c.how).over(partition_by=line).label("how"),
        func.max(person.c.last_how).over(partition_by=line).label("last_how"),
    ).subquery()
    return (
        select(ranked, Member.id, Member.name, Member.photo_key)
        .outerjoin(Member, Member.id == ranked.c.member_id)
        .where(ranked.c.rank <= FACES)
        .order_by(ranked.c.notification_id, ranked.c.rank)
    )
