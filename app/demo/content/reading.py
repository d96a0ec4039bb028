"""From the JSON beside this module to the dataclasses of `nouns`.

A missing key is a KeyError and a wrong one a TypeError, at once: the script is ours, so
nothing is forgiven.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from app.demo.content.nouns import (
    Asking,
    FileSpec,
    Following,
    Group,
    GroupAsking,
    Person,
    Post,
    Promise,
    Reply,
    School,
    Script,
    Standards,
    When,
)

HERE = Path(__file__).parent
SLUGS = ("middle-grades-math", "rural-science")
POST_DEFAULTS: dict[str, Any] = {
    "title": "",
    "html": "",
    "outcome": None,
    "tried": "",
    "expected": "",
    "happened": "",
    "change_next": "",
    "grade": None,
    "setting": None,
    "group_size": None,
    "minutes": None,
    "names": None,
    "driver": None,
    "reactions": {},
}


@cache
def read_script(slug: str) -> Script:
    """One network as written; read once in a process."""
    folder = HERE / slug
    network = _json(folder / "network.json")
    return Script(
        slug=slug,
        name=network["name"],
        aim=network["aim"],
        time_zone=network["time_zone"],
        language=network["language"],
        norms=tuple(network["norms"]),
        drivers=tuple(network["drivers"]),
        districts=tuple(School(**row) for row in network["districts"]),
        schools=tuple(School(**row) for row in network["schools"]),
        groups=tuple(
            Group(**_tuples({"grades": [], "norms": [], **row}, "leads", "members", "grades", "norms"))
            for row in network["groups"]
        ),
        following=tuple(
            Following(**_tuples({"grades": [], **row}, "roles", "leads", "grades"))
            for row in network["following"]
        ),
        asks=tuple(GroupAsking(**row) for row in network["asks"]),
        people=tuple(Person(**_tuples(row, "grades")) for row in _json(folder / "people.json")),
        asking=tuple(Asking(**_tuples(row, "grades")) for row in network["asking"]),
        files={row["key"]: FileSpec(**{"alt": "", **row}) for row in _json(folder / "files.json")},
        posts=_posts(folder),
    )


def read_standards(slug: str) -> Standards | None:
    """The framework of a network and what serves it; None for a network without."""
    folder = HERE / slug
    if not (folder / "standards.json").exists():
        return None
    return Standards((folder / "standards.json").read_bytes(), _json(folder / "serves.json"))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _tuples(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: tuple(row[name]) for name in names}}


def _posts(folder: Path) -> tuple[Post, ...]:
    rows = [row for path in sorted((folder / "posts").glob("*.json")) for row in _json(path)]
    return tuple(_post(row) for row in rows)


def _post(row: dict[str, Any]) -> Post:
    lists = {
        "files": tuple(row.get("files", ())),
        "saves": tuple(row.get("saves", ())),
        "commitments": tuple(Promise(**promise) for promise in row.get("commitments", ())),
        "replies": _replies(row.get("replies", ())),
    }
    return Post(**{**POST_DEFAULTS, **row, **lists, "when": When(**row["when"])})


def _replies(rows: Iterable[dict[str, Any]]) -> tuple[Reply, ...]:
    return tuple(
        Reply(
            author=row["author"],
            after=row["after"],
            html=row["html"],
            reactions=row.get("reactions", {}),
            replies=_replies(row.get("replies", ())),
            key=row.get("key", ""),
            to=row.get("to", ""),
            quotes=row.get("quotes"),
        )
        for row in rows
    )
