"""The copy that a report carries: what was reported, and as much around it as its reporter could see.

Everything is read with the reporter as the viewer, so that no wall is wider for those who judge than it was
for whom asks them. Copies hold numbers of members and no names.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.contributions.models import Contribution, Revision
from app.contributions.policy import visible_to
from app.core import text
from app.core.access import NotFound
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.kinds import kinds
from app.core.text import excerpt
from app.moderation.models import Case, Report
from app.networks.models import Member
from app.spaces.models import Space

BEFORE = 3
AROUND_LETTERS = 600


def copy_of(reporter: Member | None, it: Contribution) -> dict[str, Any]:
    """A contribution that the reporter sees, with what stands before it; alone where nobody is named."""
    return {
        **_said(it, it.title, it.html, it.text, it.card),
        "around": [_line(one) for one in _around(reporter, it)] if reporter and it.root_id else [],
    }


def copy_kept(it: Contribution, kept: Revision) -> dict[str, Any]:
    """The same of what was removed, as its newest revision keeps it."""
    words = kept.card.get("text")
    plain = text.plain(kept.html) if words is None else words
    card = {name: value for name, value in kept.card.items() if name not in ("text", "outcome")}
    return _said(it, kept.title, kept.html, plain, card)


def _said(it: Contribution, title: str, html: str, plain: str, card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": it.id,
        "kind": it.kind,
        "title": title,
        "html": html,
        "text": plain,
        "more": [value for value in card.values() if isinstance(value, str) and _are_words(value)],
        "files": [{"name": file["name"], "key": file["key"]} for file in card.get("files", [])],
        "author_id": it.author_id if it.seal is None else None,
        "at": it.published_at.isoformat(),
        "version": it.version,
    }


def file_in(case: Case, key: str) -> StoredFile:
    """A file of what a case is about, for those who may see the case: what was reported may be the picture.

    Only while somebody judges it, and while the file is there and open. Raises NotFound.
    """
    copies = db.session.scalars(select(Report.copy).where(Report.case_id == case.id)) if case.is_open else ()
    named = {file["key"] for copy in copies for file in copy.get("files", [])}
    it = case.contribution
    if case.is_open and it is not None and it.state == "held":
        named |= {file["key"] for file in it.card.get("files", [])}
    stored = files.find(key) if key in named else None
    if stored is None or stored.state != "ready" or stored.network_id != case.network_id:
        raise NotFound
    return stored


def _are_words(value: str) -> bool:
    """Whether a card's value is what somebody wrote, and no choice of a list."""
    return bool(value) and not value.replace("_", "").isalnum()


def copy_of_member(member: Member) -> dict[str, Any]:
    """What a profile says."""
    words = [member.working_on, member.can_help_with, member.story]
    return {
        "kind": "profile",
        "title": member.name,
        "text": "\n\n".join(word for word in words if word),
        "author_id": member.id,
    }


def copy_of_group(space: Space) -> dict[str, Any]:
    return {"kind": "group", "title": space.name, "text": space.purpose, "author_id": None}


def _around(reporter: Member, it: Contribution) -> list[Contribution]:
    """The root where it has words, what is answered, and the few replies before."""
    before = (
        select(Contribution)
        .where(Contribution.root_id == it.root_id, Contribution.position < it.position)
        .where(Contribution.state == "published", visible_to(reporter))
        .order_by(Contribution.position.desc())
        .limit(BEFORE)
    )
    found = {one.id: one for one in db.session.scalars(before)}
    opening = select(Contribution).where(
        Contribution.id.in_([number for number in (it.root_id, it.parent_id) if number]),
        Contribution.state == "published",
        visible_to(reporter),
    )
    found |= {one.id: one for one in db.session.scalars(opening) if one.text}
    return sorted(found.values(), key=lambda one: (one.position or 0, one.id))


def _line(one: Contribution) -> dict[str, Any]:
    return {
        "id": one.id,
        "author_id": one.author_id if one.seal is None else None,
        "text": excerpt("\n".join(part for part in (one.title, one.text) if part), AROUND_LETTERS),
        "at": one.published_at.isoformat(),
    }


def names_in(copies: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The names, as they are now, of everybody in these copies."""
    ids = {copy.get("author_id") for copy in copies}
    ids |= {line["author_id"] for copy in copies for line in copy.get("around", [])}
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(ids - {None})))
    return {row.id: row.name for row in rows}


def word_of(kind: str) -> Any:
    """The word for a kind of contribution; None for what is none."""
    return kinds.get(kind).word if kind in kinds else None
