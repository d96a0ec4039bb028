"""What contributions, people and spaces give to the search, and how the viewer gets them back."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from app.contributions.models import Attachment, Contribution
from app.contributions.policy import visible_to
from app.contributions.queries.standards import named_on
from app.core import maths
from app.core.addresses import path_for
from app.core.db import db
from app.core.kinds import kinds
from app.core.search.port import Document
from app.core.search.sources import Card, Section, Source
from app.core.text import excerpt
from app.networks.models import Member, Site, grades_of
from app.networks.models.words import place_parts
from app.search.queries.inside import sections_inside, words_inside
from app.spaces.models import Space
from app.spaces.policy import finds, sees
from app.standards.models import spellings
from app.standards.queries import Pick

REPLY = "reply"
LISTED = ("open", "request", "invite")
"""Ways into groups whose name every member of the network may know."""
GROUPS = ("group", "role_alike")
OF_SPACES = ("site", "site_teachers", *GROUPS)
_Root = aliased(Contribution)


def _ids(column: Any) -> Any:
    def after(last: int, limit: int) -> list[int]:
        return list(db.session.scalars(select(column).where(column > last).order_by(column).limit(limit)))

    return after


def contribution_documents(ids: Sequence[int]) -> list[Document]:
    """Published ones whose root is published too."""
    has_file = exists().where(Attachment.contribution_id == Contribution.id).correlate(Contribution)
    rows = db.session.execute(
        select(Contribution, has_file.label("has_file"))
        .outerjoin(_Root, _Root.id == Contribution.root_id)
        .where(
            Contribution.id.in_(ids),
            Contribution.state == "published",
            or_(Contribution.root_id.is_(None), _Root.state == "published"),
        )
    )
    found = rows.all()
    named = named_on(ids)
    inside = words_inside([row.Contribution.id for row in found if row.has_file])
    return [
        _contribution_document(
            row.Contribution, inside.get(row.Contribution.id), named.get(row.Contribution.id, [])
        )
        for row in found
    ]


def _contribution_document(it: Contribution, inside: str | None, named: Sequence[Pick]) -> Document:
    """`inside` are the words of its files; None where it has none. `named` are the standards it names."""
    kind = kinds.get(it.kind) if it.kind in kinds else None
    grades = it.grades or it.author_grades
    marks = {
        "source": (REPLY if it.is_reply else kind.found_as if kind else "post",),
        "kind": (it.kind,),
        "grade": tuple(str(grade) for grade in grades_of(grades)),
        "in": (str(it.space_id),),
    }
    if kind and not it.is_reply:
        marks |= kind.marks_for_search(it)
    if it.author_site_id:
        marks["school"] = (str(it.author_site_id),)
    if it.driver_id:
        marks["driver"] = (str(it.driver_id),)
    if it.outcome:
        marks["outcome"] = (it.outcome,)
    if named:
        marks["standard"] = tuple(str(pick.standard.id) for pick in named)
    if inside is not None:
        marks["has"] = (*marks.get("has", ()), "file")
    if it.author_id and it.seal is None:
        marks["author"] = (str(it.author_id),)
    return Document(
        owner=f"contribution:{it.id}",
        network_id=it.network_id,
        space_id=it.space_id,
        title=maths.line_read(it.title),
        words=_words(it),
        inside=inside or "",
        published_at=it.published_at,
        tags=tuple(word for pick in named for word in spellings(pick.standard.code)),
        starts=maths.line_read(it.title),
        marks=marks,
    )


def _words(it: Contribution) -> str:
    """What it says, and what its formulas are called: nobody types them, many ask for fractions."""
    answers = (escape(said) for said in it.card.values() if isinstance(said, str))
    called = maths.spoken("<br>".join([escape(it.title), it.html, *answers]))
    return f"{_text(it)}\n{called}" if called else _text(it)


def _text(it: Contribution) -> str:
    return kinds.get(it.kind).words_for_search(it) if it.kind in kinds else it.text


def contribution_cards(viewer: Member, ids: Sequence[int]) -> Mapping[int, Card]:
    """Loaded through `visible_to`, so that a late index shows nothing that is gone."""
    rows = db.session.execute(
        select(
            Contribution,
            _Root.title.label("root_title"),
            _Root.text.label("root_text"),
            Member.name.label("author_name"),
            Site.short_name.label("author_site"),
            Space.name.label("space_name"),
        )
        .outerjoin(_Root, _Root.id == Contribution.root_id)
        .outerjoin(Member, Member.id == Contribution.author_id)
        .outerjoin(Site, Site.id == Contribution.author_site_id)
        .join(Space, Space.id == Contribution.space_id)
        .where(Contribution.id.in_(ids), Contribution.state == "published", visible_to(viewer))
    )
    found = rows.all()
    inside = sections_inside(viewer.network.slug, [row.Contribution.id for row in found])
    return {
        row.Contribution.id: _contribution_card(viewer, row, inside.get(row.Contribution.id, ()))
        for row in found
    }


def _contribution_card(viewer: Member, row: Any, inside: tuple[Section, ...]) -> Card:
    it: Contribution = row.Contribution
    kind = kinds.get(it.kind) if it.kind in kinds else None
    sealed = it.seal is not None
    about = maths.line_read(row.root_title or "") or excerpt(row.root_text or "", 80)
    return Card(
        title=about if it.is_reply else maths.line_read(it.title) or excerpt(it.text, 80),
        text=_text(it),
        url=path_for("contributions.page", network=viewer.network.slug, contribution_id=it.id),
        word=kind.word if kind and not it.is_reply else _l("Reply"),
        icon=kind.icon if kind and not it.is_reply else "talk",
        tone=kind.tone if kind and not it.is_reply else "",
        by="" if sealed else ", ".join(part for part in (row.author_name, row.author_site) if part),
        where=row.space_name,
        when=it.published_at,
        outcome=it.outcome,
        facts=kind.facts_for_search(it) if kind and not it.is_reply else (),
        sections=inside,
    )


def member_documents(ids: Sequence[int]) -> list[Document]:
    """People who belong here now."""
    found = db.session.execute(
        select(Member, Site.name.label("site_name"), Site.short_name)
        .outerjoin(Site, Site.id == Member.site_id)
        .where(Member.id.in_(ids), Member.standing.in_(("active", "paused")), Member.name != "")
    )
    return [
        Document(
            owner=f"member:{member.id}",
            network_id=member.network_id,
            space_id=None,
            title=member.name,
            words=" ".join((member.working_on, member.can_help_with, site_name or "", short_name or "")),
            published_at=member.joined_at,
            starts=member.name,
            marks={
                "source": ("person",),
                "grade": tuple(str(grade) for grade in grades_of(member.grades)),
                "school": (str(member.site_id),) if member.site_id else (),
            },
        )
        for member, site_name, short_name in found
    ]


def member_cards(viewer: Member, ids: Sequence[int]) -> Mapping[int, Card]:
    wanted = (Member.network_id == viewer.network_id, Member.standing.in_(("active", "paused")))
    found = db.session.scalars(select(Member).where(Member.id.in_(ids), Member.name != "", *wanted))
    return {member.id: _member_card(viewer, member) for member in found}


def _member_card(viewer: Member, member: Member) -> Card:
    said = " · ".join(words for words in (member.can_help_with, member.working_on) if words)
    return Card(
        title=member.name,
        text=said,
        url=path_for("networks.profile", network=viewer.network.slug, member_id=member.id),
        word=_l("Person"),
        icon="person",
        by=", ".join(place_parts(member)),
        face=(member.name, member.id, member.photo_key),
    )


def space_documents(ids: Sequence[int]) -> list[Document]:
    """Groups and schools' spaces. A secret one lies behind its own wall; a conversation is none."""
    found = db.session.scalars(select(Space).where(Space.id.in_(ids), Space.kind.in_(OF_SPACES)))
    return [
        Document(
            owner=f"space:{space.id}",
            network_id=space.network_id,
            space_id=None if _is_listed(space) else space.id,
            title=space.name,
            words=space.purpose,
            published_at=space.created_at,
            starts=space.name,
            marks={"source": ("group",)},
        )
        for space in found
    ]


def _is_listed(space: Space) -> bool:
    """Whether everybody in the network may know of it, as `spaces.policy.finds` has it."""
    follows_a_role = space.kind == "role_alike" and space.site_id is None and space.access == "closed"
    return space.kind in GROUPS and (space.access in LISTED or follows_a_role)


def space_cards(viewer: Member, ids: Sequence[int]) -> Mapping[int, Card]:
    known = or_(sees(viewer), finds(viewer))
    wanted = select(Space).where(Space.id.in_(ids), Space.kind.in_(OF_SPACES), known)
    return {space.id: _space_card(viewer, space) for space in db.session.scalars(wanted)}


def _space_card(viewer: Member, space: Space) -> Card:
    return Card(
        title=space.name,
        text=space.purpose,
        url=path_for("spaces.about", network=viewer.network.slug, slug=space.slug),
        word=_l("Group") if space.kind in GROUPS else _l("School"),
        icon="people" if space.kind in GROUPS else "school",
        face=(space.name, space.id, None),
    )


CONTRIBUTIONS = Source("contribution", contribution_documents, _ids(Contribution.id), contribution_cards)
MEMBERS = Source("member", member_documents, _ids(Member.id), member_cards)
SPACES = Source("space", space_documents, _ids(Space.id), space_cards)
