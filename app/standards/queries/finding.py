"""Finding standards by code and by words, for a person who picks one and for a text that names some."""

import re
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, or_, select

from app.core.access import NotFound
from app.core.db import db
from app.core.search.words import fold
from app.networks.models import Member
from app.standards import policy
from app.standards.models import Framework, FrameworkChoice, Standard, StandardLink, normalise_code

LONGEST_TEXT = 200_000
"""Letters of a text in which codes are looked for."""
MOST_CODES = 300
_TOKEN = re.compile(r"(?<![\w.])[A-Za-z0-9]{1,12}(?:[.-][A-Za-z0-9]{1,12}){0,7}(?![\w-])")
_MIXED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])")


def find_codes(text: str) -> list[str]:
    """What in a text may be codes, as keys and in order: `standards_in` says which of them are."""
    found: dict[str, None] = {}
    for match in _TOKEN.finditer(text[:LONGEST_TEXT]):
        word = match[0]
        for each in (word, word.rpartition("-")[0]):
            if _MIXED.match(each):
                found[normalise_code(each)] = None
        if len(found) >= MOST_CODES:
            break
    return [key for key in found if key][:MOST_CODES]


def chosen(network_id: int) -> Select[int]:
    """The ids of the frameworks that a network names standards from."""
    return (
        select(FrameworkChoice.framework_id)
        .join(Framework, Framework.id == FrameworkChoice.framework_id)
        .where(FrameworkChoice.network_id == network_id, policy.known_to(network_id))
    )


def chosen_ids(network_id: int) -> set[int]:
    return set(db.session.scalars(chosen(network_id)))


def frameworks_of(viewer: Member) -> list[Framework]:
    """The chosen ones, by title."""
    query = select(Framework).where(Framework.id.in_(chosen(viewer.network_id)), policy.readable_by(viewer))
    return list(db.session.scalars(query.order_by(Framework.title, Framework.id)))


def standards_in(network_id: int, text: str) -> list[Standard]:
    """The standards of the chosen frameworks whose code stands in a text, in the text's order."""
    keys = find_codes(text)
    return _by_keys(network_id, keys) if keys else []


def standards_of_code(network_id: int, code: str) -> list[Standard]:
    """Every standard with this code, however it is spelt; retired ones too, which are still named."""
    key = normalise_code(code)
    return _by_keys(network_id, [key], retired=True) if key else []


def _by_keys(network_id: int, keys: Collection[str], *, retired: bool = False) -> list[Standard]:
    """A full code wins over a short one: `6.SP.4` is only short for `6.SP.B.4` where no other has it."""
    query = select(Standard).where(
        Standard.framework_id.in_(chosen(network_id)),
        or_(Standard.code_key.in_(keys), Standard.short_key.in_(keys)),
    )
    if not retired:
        query = query.where(Standard.retired_at.is_(None))
    full: dict[str, list[Standard]] = {}
    short: dict[str, list[Standard]] = {}
    for standard in db.session.scalars(query.order_by(Standard.framework_id, Standard.position)):
        full.setdefault(standard.code_key, []).append(standard)
        short.setdefault(standard.short_key, []).append(standard)
    found = (standard for key in keys for standard in full.get(key) or short.get(key, []))
    return list({standard.id: standard for standard in found}.values())


def get_standard(viewer: Member, standard_id: int) -> Standard:
    """Of any framework that the viewer may know. Raises NotFound."""
    query = select(Standard).join(Framework).where(Standard.id == standard_id, policy.readable_by(viewer))
    found: Standard | None = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def get_framework(viewer: Member, framework_id: int) -> Framework:
    """Any that the viewer may know. Raises NotFound."""
    query = select(Framework).where(Framework.id == framework_id, policy.readable_by(viewer))
    found: Framework | None = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def standards_by_id(viewer: Member, ids: Iterable[int]) -> dict[int, Standard]:
    """Those of these that the viewer may know of."""
    query = select(Standard).join(Framework).where(Standard.id.in_(list(ids)), policy.readable_by(viewer))
    return {standard.id: standard for standard in db.session.scalars(query)}


def pick_from(viewer: Member, typed: str, limit: int = 12) -> list[Standard]:
    """What one may mean who types a code, the beginning of one, or words of the statement."""
    words = fold(typed[:100]).split()[:6]
    key = normalise_code(typed)
    if not words or not key:
        return []
    coded = _begins(Standard.code_key, key) | _begins(Standard.short_key, key)
    found = list(_matching(viewer, coded, limit))
    if len(found) < limit:
        said = [
            or_(
                Standard.label.ilike(f"%{each}%", escape="\\"),
                Standard.statement.ilike(f"%{each}%", escape="\\"),
            )
            for each in map(_plain, words)
        ]
        known = {standard.id for standard in found}
        every = said[0]
        for condition in said[1:]:
            every = every & condition
        found += [each for each in _matching(viewer, every, limit) if each.id not in known]
    return found[:limit]


def _matching(viewer: Member, condition: ColumnElement[bool], limit: int) -> Iterable[Standard]:
    query = select(Standard).where(
        Standard.framework_id.in_(chosen(viewer.network_id if viewer.may_read else 0)),
        Standard.retired_at.is_(None),
        condition,
    )
    return db.session.scalars(query.order_by(Standard.framework_id, Standard.position).limit(limit))


def _begins(column: object, key: str) -> ColumnElement[bool]:
    return column.startswith(key, autoescape=True)  # type: ignore[attr-defined]


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def branch_ids(standards: Iterable[Standard]) -> set[int]:
    """The ids of these, of all beneath them, and of what other lists say is exactly the same."""
    found: set[int] = set()
    for standard in standards:
        found.add(standard.id)
        if standard.last > standard.position:
            beneath = select(Standard.id).where(
                Standard.framework_id == standard.framework_id,
                Standard.position.between(standard.position, standard.last),
            )
            found.update(db.session.scalars(beneath))
    return found | _same_as(found)


def _same_as(ids: Collection[int]) -> set[int]:
    """Over `exactMatchOf`, in both directions, once. Who asks narrows it to what they may see."""
    here = select(Standard.identifier).where(Standard.id.in_(ids))
    there = select(StandardLink.other_identifier).where(
        StandardLink.origin_id.in_(ids), StandardLink.kind == "exactMatchOf"
    )
    back = select(StandardLink.origin_id).where(
        StandardLink.other_identifier.in_(here), StandardLink.kind == "exactMatchOf"
    )
    same = select(Standard.id).where(or_(Standard.identifier.in_(there), Standard.id.in_(back)))
    return set(db.session.scalars(same))
