"""A good package with anything in it replaced by anything: it is read or refused, and fits the tables."""

import copy
import json
from random import Random
from typing import Any

import pytest

from app.standards.models import Standard, normalise_code, short_code
from app.standards.queries.case import NotAPackage, place, read_packages
from tests.standards.packages import package

JUNK: list[Any] = [
    None, True, 0, -1, 1e308, 10**30, "", "x", "\x00", "\ud800", "a" * 5000, "\u202e6.RP", "9" * 400, [], {},
    [[]], [None], {"identifier": 1}, {"identifier": {"a": 1}}, {"uri": "https://x.example/"}, {"uri": None},
    ["a", {"c": 1}], "2026-13-45", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "²", "٦.RP",
]  # fmt: skip
FIELDS = ("identifier", "uri", "code", "label", "item_type", "language")


def mangled(chance: Random) -> bytes:
    value = copy.deepcopy(package())
    for _change in range(chance.randint(1, 6)):
        node: Any = value
        while isinstance(node, (dict, list)) and node:
            key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
            if chance.random() < 0.3 or not isinstance(node[key], (dict, list)):
                node[key] = copy.deepcopy(chance.choice(JUNK))
                break
            node = node[key]
    return json.dumps(value).encode()


@pytest.mark.parametrize("seed", range(8))
def test_it_is_read_or_refused(seed: int) -> None:
    chance = Random(seed)
    limits = {name: Standard.__table__.c[name].type.length for name in FIELDS}
    for _time in range(150):
        try:
            (found,) = read_packages(mangled(chance))
        except NotAPackage:
            continue
        assert sorted(each.identifier for each in place(found)) == sorted(found.items)
        json.dumps(found.problems.listed())
        for item in found.items.values():
            for name in FIELDS:
                words = getattr(item, name)
                assert len(words) <= limits[name]
                assert "\x00" not in words
                words.encode()
            assert len(normalise_code(item.code)) <= limits["code"]
            assert len(short_code(item.code)) <= limits["code"]
