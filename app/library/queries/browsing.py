"""The shelves: resources in an order, narrowed by what people look for. Only published ones that the viewer
sees; a page by keyset, except where the order is a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from app.contributions.models import Contribution, ContributionStandard
from app.contributions.policy import authored_by, visible_to
from app.contributions.queries.cards import card_rows
from app.contributions.queries.standards import named_on
from app.core.db import db
from app.core.files.models import StoredFile
from app.core.pages import Page, encode, keyset
from app.library.models import KIND, LICENCES, Adaptation, Resource, ResourceUse
from app.library.models.vocabulary import SUBJECTS, WHATS
from app.networks.models import Member, grade_bit
from app.standards.models import Standard
from app.standards.queries import branch_ids

ON_A_SHELF = 24
TABS = ("all", "recent", "schools", "mine")

STANDARDS_AT_MOST = 300
"""In the list that a shelf is narrowed by."""

Shelf = Page[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Narrow:
    """What a shelf is narrowed to; empty is everything. `space_id` is a group's own shelf."""

    what: str = ""
    grade: str = ""
    subject: str = ""
    licence: str = ""
    standard: str = ""
    space_id: int | None = None

    @classmethod
    def from_args(cls, args: Any, space_id: int | None = None) -> "Narrow":
        """From the address; what makes no sense is left out."""
        return cls(
            what=args["what"] if args.get("what") in WHATS else "",
            grade=args["grade"] if args.get("grade") in {str(grade) for grade in range(13)} else "",
            subject=args["subject"] if args.get("subject") in SUBJECTS else "",
            licence=args["licence"] if args.get("licence") in LICENCES else "",
            standard=_number(args.get("standard", "")),
            space_id=space_id,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What is set, by name."""
        names = ("what", "grade", "subject", "licence", "standard")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def clauses(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = []
        for name, column in (
            ("what", Resource.what),
            ("subject", Resource.subject),
            ("licence", Resource.licence),
        ):
            if getattr(self, name):
                wanted.append(column == getattr(self, name))
        if self.grade:
            wanted.append(Contribution.grades.op("&")(grade_bit(int(self.grade))) != 0)
        if self.standard:
            wanted.append(Contribution.id.in_(_naming(int(self.standard))))
        if self.space_id is not None:
            wanted.append(Contribution.space_id == self.space_id)
        return wanted


def _number(given: str) -> str:
    return given if given.isascii() and given.isdigit() and len(given) < 18 else ""


def _naming(standard_id: int) -> Select[int]:
    """What names a standard, one beneath it, or what another list says is the same."""
    standard = db.session.get(Standard, standard_id)
    ids = branch_ids([standard]) if standard is not None else set[int]()
    return select(ContributionStandard.contribution_id).where(ContributionStandard.standard_id.in_(ids))


def standards_on(viewer: Member, space_id: int | None = None) -> list[Standard]:
    """Those that resources name which the viewer sees, as their lists order them."""
    shown = _on_shelf(viewer, Narrow(space_id=space_id)).subquery()
    named = select(ContributionStandard.standard_id).where(
        ContributionStandard.contribution_id.in_(select(shown.c.id))
    )
    query = select(Standard).where(Standard.id.in_(named), Standard.retired_at.is_(None))
    ordered = query.order_by(Standard.framework_id, Standard.position, Standard.id)
    return list(db.session.scalars(ordered.limit(STANDARDS_AT_MOST)))


def _on_shelf(viewer: Member, narrow: Narrow, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Contribution.id, *columns)
        .join(Resource, Resource.contribution_id == Contribution.id)
        .where(
            Contribution.network_id == viewer.network_id,
            Contribution.kind == KIND,
            Contribution.root_id.is_(None),
            Contribution.state == "published",
            visible_to(viewer),
            *narrow.clauses(),
        )
    )


def shelf(viewer: Member, narrow: Narrow, tab: str = "all", cursor: str | None = None) -> Shelf:
    """A page of resources as card rows: the newest, the last used, the most used by peers, or one's own."""
    if tab == "schools":
        return Page(_rows(_most_used(viewer, narrow)), None)
    column: Any = Resource.used_at if tab == "recent" else Contribution.published_at
    query = _on_shelf(viewer, narrow, column.label("at"))
    if tab == "recent":
        query = query.where(Resource.used_at.is_not(None))
    if tab == "mine":
        query = query.where(authored_by(viewer))
    found = list(
        db.session.execute(
            keyset(query, (column, Contribution.id), cursor, newest_first=True).limit(ON_A_SHELF + 1)
        )
    )
    more, found = len(found) > ON_A_SHELF, found[:ON_A_SHELF]
    return Page(_rows([row.id for row in found]), encode((found[-1].at, found[-1].id)) if more else None)


def _most_used(viewer: Member, narrow: Narrow) -> list[int]:
    """By how many schools other than one's own, where colleagues teach the viewer's grades."""
    reply = Contribution.__table__.alias("use_reply")
    alike = [reply.c.state == "published", ResourceUse.site_id.is_distinct_from(viewer.site_id)]
    if viewer.grades:
        alike.append(reply.c.author_grades.op("&")(viewer.grades) != 0)
    schools = func.count(ResourceUse.site_id.distinct())
    query = (
        _on_shelf(viewer, narrow)
        .join(ResourceUse, ResourceUse.contribution_id == Contribution.id)
        .join(reply, reply.c.id == ResourceUse.reply_id)
        .where(*alike)
        .group_by(Contribution.id)
        .order_by(schools.desc(), func.count().desc(), Contribution.id.desc())
    )
    return [row.id for row in db.session.execute(query.limit(ON_A_SHELF))]


def _rows(ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """Card rows in the order of the ids, which the viewer sees."""
    known = {row.id: row for row in card_rows(ids)} if ids else {}
    return [known[one] for one in ids if one in known]


def rows_of(ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """The same for ids that a caller has checked."""
    return _rows(ids)


def shown_beside(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Any]:
    """What items show beside their card rows, in three queries for a page: the standards, by resource, which
    files have a small picture of their first page, and which were made of another. The caller has checked the
    rows."""
    keys = [file["key"] for row in rows for file in row.card.get("files", [])[:1]]
    pictured = select(StoredFile.key).where(
        StoredFile.key.in_(keys), StoredFile.state == "ready", StoredFile.thumb_key.is_not(None)
    )
    ids = [row.id for row in rows]
    copies = select(Adaptation.contribution_id).where(Adaptation.contribution_id.in_(ids))
    return {
        "serves": named_on(ids),
        "faces": set(db.session.scalars(pictured)),
        "copies": set(db.session.scalars(copies)),
    }


def how_many(viewer: Member, narrow: Narrow) -> int:
    """All resources on a shelf."""
    return db.session.scalar(select(func.count()).select_from(_on_shelf(viewer, narrow).subquery())) or 0


__all__ = ["Narrow", "Shelf", "how_many", "rows_of", "shelf", "shown_beside", "standards_on"]
