"""What a script's library holds: resources, requests and collections, from `library.json`."""

import json
from functools import cache
from typing import Any

from app.demo.content.reading import HERE


@cache
def read_library(slug: str) -> dict[str, Any]:
    """`resources`, `requests` and `collections` as they are written."""
    return dict(json.loads((HERE / slug / "library.json").read_text(encoding="utf-8")))


def files_of_library(slug: str) -> list[str]:
    """The keys of all files that its resources have or had."""
    keys: list[str] = []
    for one in read_library(slug)["resources"]:
        keys += [*one["files"], *(key for version in one["versions"] for key in version["files"])]
    return list(dict.fromkeys(keys))
