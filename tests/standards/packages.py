"""CASE packages for tests: small, made by hand, and broken in known ways."""

import json
from typing import Any

DATED = "2026-03-01T12:00:00+00:00"
ROWS = (
    ("domain", "6.SP", "Statistics", None),
    ("cluster-b", "6.SP.B", "Summarise and describe", "domain"),
    ("sp4", "6.SP.B.4", "Show numbers in plots", "cluster-b"),
    ("sp5", "6.SP.B.5", "Sum up a set of numbers", "cluster-b"),
    ("ratios", "6.RP", "Ratios", None),
    ("rp3", "6.RP.A.3", "Solve problems with ratios", "ratios"),
)


def item(
    identifier: str, code: str = "", statement: str = "Something to learn", **more: Any
) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": f"https://standards.example/items/{identifier}",
        "humanCodingScheme": code,
        "fullStatement": statement,
        "educationLevel": ["06"],
        "lastChangeDateTime": DATED,
        **more,
    }


def child(origin: str, destination: str, sequence: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "identifier": f"{origin}-in-{destination}",
        "associationType": "isChildOf",
        "originNodeURI": {"identifier": origin, "uri": "", "title": origin},
        "destinationNodeURI": {"identifier": destination, "uri": "", "title": destination},
        "sequenceNumber": sequence,
        "lastChangeDateTime": DATED,
        **more,
    }


def package(rows: Any = ROWS, *, identifier: str = "list-1", **more: Any) -> dict[str, Any]:
    """The bare package of `rows`: identifier, code, statement, parent."""
    return {
        "CFDocument": {
            "identifier": identifier,
            "uri": f"https://standards.example/{identifier}",
            "title": "Sixth grade",
            "creator": "A state",
            "subject": ["Mathematics"],
            "language": "en",
            "version": "1",
            "adoptionStatus": "Adopted",
            "licenseURI": {"identifier": "lic", "title": "Open", "uri": "https://licence.example"},
            "lastChangeDateTime": more.pop("dated", DATED),
        },
        "CFItems": [item(each, code, words) for each, code, words, _parent in rows],
        "CFAssociations": [
            child(each, parent or identifier, number) for number, (each, _c, _w, parent) in enumerate(rows)
        ],
        **more,
    }


def sent(value: Any) -> bytes:
    return json.dumps(value).encode()
