"""The registry of personal data."""

import pytest

from app.core import personal


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch):
    monkeypatch.setattr(personal, "_parts", {})
    monkeypatch.setattr(personal, "_erasers", [])


def test_each_part_has_a_folder_of_its_own():
    personal.exports("posts")(lambda account: [("posts/1.json", {"by": account}), ("index.json", [])])
    personal.exports("post")(lambda account: [("posts.json", [])])
    assert list(personal.everything_of("ada")) == [
        ("posts/1.json", {"by": "ada"}),
        ("posts/index.json", []),
        ("post/posts.json", []),
    ]


def test_registering_again_replaces():
    personal.exports("posts")(lambda account: [("a", [])])
    personal.exports("posts")(lambda account: [("b", [])])
    assert [path for path, _value in personal.everything_of(None)] == ["posts/b"]


def test_erasers_run_from_the_top_floor_down():
    told = []
    for floor, name in ((4, "contributions"), (1, "accounts"), (2, "networks")):
        personal.erases(floor=floor)(lambda account, keep, name=name: told.append((name, account, keep)))
    personal.erase("ada", keep_contributions=True)
    assert told == [
        ("contributions", "ada", True),
        ("networks", "ada", True),
        ("accounts", "ada", True),
    ]
