"""From the bytes of a file to packages.

Accepted: `{"CFPackage": {...}}`, `{"CFPackages": [...]}`, a list of them, and the bare package; CASE 1.0 and
1.1. What cannot be used is left out and counted in `problems`; only a file without any framework is refused.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.standards.queries.case.nouns import Item, Link, NotAPackage, Package, Problems
from app.standards.queries.case.values import (
    address,
    grades_in,
    identifier_of,
    moment,
    number,
    one_line,
    several_lines,
    title_of,
)

LARGEST = 40 * 1024 * 1024
"""Bytes of a file."""
MOST_ITEMS = 30_000
MOST_LINKS = 120_000
DEEPEST = 3
"""Levels at which a package may be wrapped."""
CHILD = "isChildOf"
KINDS = (
    "exactMatchOf",
    "exemplar",
    "hasSkillLevel",
    "isPartOf",
    "isPeerOf",
    "isRelatedTo",
    "isTranslationOf",
    "precedes",
    "replacedBy",
)
_KINDS = {kind.lower(): kind for kind in (CHILD, *KINDS)}


def read_packages(data: bytes) -> list[Package]:
    """Every framework of a file. Raises NotAPackage where there is none to use."""
    if len(data) > LARGEST:
        raise NotAPackage("too_large")
    sent = _json(data)
    found = [_package(fields) for fields in _bare(sent, DEEPEST)]
    if not found:
        raise NotAPackage("no_package", _parts(sent))
    for package in found:
        if not package.items:
            raise NotAPackage("no_items", package.title)
    return found


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        raise NotAPackage(what_it_is(data), str(error.lineno)) from error
    except (ValueError, RecursionError, UnicodeError) as error:
        raise NotAPackage(what_it_is(data, "not_json")) from error


def what_it_is(data: bytes, begun: str = "broken_json") -> str:
    """The reason for bytes that are no JSON: what they are instead; `begun` for what begins like it."""
    start = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "empty"
    if start[:1] in (b"{", b"["):
        return begun
    if start.startswith(b"PK"):
        return "zip"
    if start.startswith(b"%PDF"):
        return "pdf"
    if start.startswith(b"<"):
        return "page"
    first = start.splitlines()[0]
    return "table" if any(first.count(mark) > 1 for mark in (b",", b";", b"\t")) else "not_json"


def _parts(sent: Any) -> str:
    """The names of what a file holds instead."""
    names = [str(name) for name in sent][:6] if isinstance(sent, Mapping) else []
    return ", ".join(one_line({"name": name}, "name", limit=30) for name in names)


def _bare(sent: Any, levels: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(sent, Mapping):
        if isinstance(sent.get("CFDocument"), Mapping):
            yield sent
        elif levels:
            for name in ("CFPackage", "CFPackages"):
                yield from _bare(sent.get(name), levels - 1)
    elif isinstance(sent, list) and levels:
        for each in sent[:50]:
            yield from _bare(each, levels - 1)


def _package(fields: Mapping[str, Any]) -> Package:
    document, problems = fields["CFDocument"], Problems()
    identifier = identifier_of(document)
    if not identifier:
        raise NotAPackage("no_package")
    items = _items(_entries(fields, "CFItems", MOST_ITEMS), problems)
    return Package(
        identifier=identifier,
        title=one_line(document, "title") or identifier,
        uri=address(document, "uri"),
        creator=one_line(document, "creator", "publisher"),
        subject=one_line(document, "subject"),
        description=several_lines(document, "description"),
        language=one_line(document, "language", limit=20),
        version=one_line(document, "version", limit=60),
        adoption_status=one_line(document, "adoptionStatus", limit=60),
        source_url=address(document, "officialSourceURL", "uri"),
        licence=_licence(document, fields.get("CFDefinitions")),
        changed_at=moment(document.get("lastChangeDateTime")),
        items=items,
        links=tuple(_links(_entries(fields, "CFAssociations", MOST_LINKS), problems)),
        problems=problems,
    )


def _entries(fields: Mapping[str, Any], name: str, most: int) -> list[Any]:
    """A list of the package, also where it is wrapped once more. Raises NotAPackage beyond `most`."""
    entries = fields.get(name)
    if isinstance(entries, Mapping):
        entries = entries.get(name)
    entries = entries if isinstance(entries, list) else []
    if len(entries) > most:
        raise NotAPackage("too_many", str(len(entries)))
    return entries


def _items(entries: list[Any], problems: Problems) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for entry in entries:
        item = _item(entry, problems) if isinstance(entry, Mapping) else None
        if item is None:
            problems.add("not_an_item", identifier_of(entry))
        elif item.identifier in items:
            problems.add("twice", item.called)
        else:
            items[item.identifier] = item
    return items


def _item(entry: Mapping[str, Any], problems: Problems) -> Item | None:
    identifier = identifier_of(entry)
    statement = several_lines(entry, "fullStatement")
    label = one_line(entry, "abbreviatedStatement")
    if not identifier or not (statement or label):
        return None
    grades, strange = grades_in(entry.get("educationLevel"))
    for level in strange:
        problems.add("strange_grade", level)
    code = one_line(entry, "humanCodingScheme", limit=1000)
    if len(code) > 80:
        problems.add("long_code", code)
        code = ""
    return Item(
        identifier=identifier,
        statement=statement or label,
        uri=address(entry, "uri"),
        code=code,
        label=label,
        notes=several_lines(entry, "notes"),
        item_type=one_line(entry, "CFItemType", limit=80),
        language=one_line(entry, "language", limit=20),
        grades=grades,
        changed_at=moment(entry.get("lastChangeDateTime")),
    )


def _links(entries: list[Any], problems: Problems) -> Iterator[Link]:
    known: set[str] = set()
    for entry in entries:
        link = _link(entry, problems) if isinstance(entry, Mapping) else None
        if link is None:
            problems.add("not_a_link", identifier_of(entry))
        elif link.identifier in known:
            problems.add("link_twice", link.identifier)
        else:
            known.add(link.identifier)
            yield link


def _link(entry: Mapping[str, Any], problems: Problems) -> Link | None:
    said = one_line(entry, "associationType", limit=80)
    kind = _KINDS.get(said.lower(), said[:40] if said.lower().startswith("ext:") else "")
    origin = identifier_of(entry.get("originNodeURI"))
    destination = identifier_of(entry.get("destinationNodeURI"))
    if said and not kind:
        problems.add("strange_link", said)
    if not (kind and origin and destination):
        return None
    return Link(
        identifier=identifier_of(entry) or f"{origin}-{kind}-{destination}"[:120],
        kind=kind,
        origin=origin,
        destination=destination,
        title=title_of(entry.get("destinationNodeURI")),
        sequence=number(entry.get("sequenceNumber")),
    )


def _licence(document: Mapping[str, Any], definitions: Any) -> str:
    """The licence's title, and where it can be read."""
    pointed = document.get("licenseURI")
    if not isinstance(pointed, Mapping):
        return one_line(document, "licenseURI", limit=500)
    listed = definitions.get("CFLicenses") if isinstance(definitions, Mapping) else None
    wanted = identifier_of(pointed)
    for licence in listed if isinstance(listed, list) else []:
        if isinstance(licence, Mapping) and identifier_of(licence) == wanted:
            return one_line(licence, "title", "licenseText", limit=500)
    return one_line(pointed, "title", "uri", limit=500)
