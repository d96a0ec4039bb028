"""Packages as they are sent: wrapped, bare, old, broken. They are read or refused; nothing crashes."""

import json
from typing import Any

import pytest

from app.standards.queries.case import NotAPackage, Package, place, read_packages, reading
from tests.standards.packages import ROWS, child, item, package, sent


def read(value: Any) -> Package:
    (found,) = read_packages(sent(value))
    return found


def kinds(found: Package) -> dict[str, int]:
    place(found)
    return {str(each["kind"]): int(str(each["count"])) for each in found.problems.listed()}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda bare: bare,
        lambda bare: {"CFPackage": bare},
        lambda bare: {"CFPackages": [bare]},
        lambda bare: {"CFPackages": [{"CFPackage": bare}]},
        lambda bare: [bare],
        lambda bare: {**bare, "CFItems": {"CFItems": bare["CFItems"]}},
    ],
    ids=["bare", "wrapped", "many", "many wrapped", "list", "items wrapped"],
)
def test_every_wrapping(wrap: Any) -> None:
    found = read(wrap(package()))
    assert (found.title, found.creator, found.subject) == ("Sixth grade", "A state", "Mathematics")
    assert (found.adoption_status, found.licence) == ("Adopted", "Open")
    assert len(found.items) == len(ROWS)
    assert found.items["sp4"].code == "6.SP.B.4"
    assert found.items["sp4"].grades == 1 << 6
    assert kinds(found) == {}


def test_two_frameworks_in_one_file() -> None:
    found = read_packages(sent({"CFPackages": [package(), package(identifier="list-2")]}))
    assert [each.identifier for each in found] == ["list-1", "list-2"]


def test_a_byte_order_mark_and_other_encodings() -> None:
    plain = json.dumps(package())
    for data in (plain.encode("utf-8-sig"), plain.encode("utf-16"), plain.encode()):
        assert read_packages(data)[0].title == "Sixth grade"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a zip", "zip"),
        (b"<html>Sign in</html>", "page"),
        (b"%PDF-1.7", "pdf"),
        (b"code,statement,grade\n6.SP,Plots,6", "table"),
        (b"just words", "not_json"),
        (b'{"CFDocument": {"identifier": "x"', "broken_json"),
        (b"[" * 100_000, "not_json"),
        (b"9" * 10_000, "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"null", "no_package"),
        (b"[]", "no_package"),
        (b'"CFDocument"', "no_package"),
        (b'{"CFDocument": []}', "no_package"),
        (b'{"CFDocument": {}}', "no_package"),
        (b'{"imsx_codeMajor": "failure"}', "no_package"),
        (b'{"CFDocument": {"identifier": "x"}}', "no_items"),
        (b'{"CFDocument": {"identifier": "x"}, "CFItems": "none"}', "no_items"),
        (b'{"CFDocument": {"identifier": "x"}, "CFItems": [null, 1, {}, []]}', "no_items"),
    ],
)
def test_nonsense_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotAPackage) as refused:
        read_packages(data)
    assert refused.value.reason == reason


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    with pytest.raises(NotAPackage, match="too_large"):
        read(package())
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_ITEMS", 5)
    with pytest.raises(NotAPackage, match="too_many"):
        read(package())


def test_the_tree_follows_sequence_and_code() -> None:
    found = place(read(package()))
    assert [(each.identifier, each.parent, each.depth) for each in found] == [
        ("domain", None, 0),
        ("cluster-b", "domain", 1),
        ("sp4", "cluster-b", 2),
        ("sp5", "cluster-b", 2),
        ("ratios", None, 0),
        ("rp3", "ratios", 1),
    ]
    assert [(each.position, each.last) for each in found] == [(1, 4), (2, 4), (3, 3), (4, 4), (5, 6), (6, 6)]


def test_ten_comes_after_nine_where_no_order_is_given() -> None:
    rows = [(f"n{number}", f"6.EE.{number}", "Learn", None) for number in (10, 9, 1)]
    bare = package(rows)
    bare["CFAssociations"] = [child(f"n{number}", "list-1") for number in (10, 9, 1)]
    assert [each.identifier for each in place(read(bare))] == ["n1", "n9", "n10"]


def with_links(*links: dict[str, Any]) -> Package:
    bare = package()
    bare["CFAssociations"] += links
    return read(bare)


@pytest.mark.parametrize(
    ("rows", "links", "problem"),
    [
        ([("a", "A", "One", "b"), ("b", "B", "Two", "a")], [], "circle"),
        ([("a", "A", "One", "a")], [], "missing_parent"),
        ([("a", "A", "One", "lost")], [], "missing_parent"),
        ([("a", "A", "One", None)], [child("ghost", "a")], "unknown_child"),
        ([("a", "A", "One", None), ("b", "B", "Two", None)], [child("b", "a")], "two_places"),
        ([("a", "A", "One", None), ("a", "A", "Two", None)], [], "twice"),
        ([("a", "A" * 200, "One", None)], [], "long_code"),
        ([("a", "A", "One", None)], [{"associationType": "isLoved"}], "strange_link"),
        ([("a", "A", "One", None)], [{"associationType": "isChildOf"}, 7], "not_a_link"),
    ],
)
def test_a_broken_tree_still_has_every_entry_once(rows: Any, links: Any, problem: str) -> None:
    bare = package(rows)
    bare["CFAssociations"] += links
    found = read(bare)
    assert problem in kinds(found)
    places = place(found)
    assert sorted(each.identifier for each in places) == sorted({row[0] for row in rows})
    assert [each.position for each in places] == list(range(1, len(places) + 1))


def test_a_long_chain_and_a_long_circle() -> None:
    """Deeper than Python would go down by itself."""
    chain = [(f"n{number}", "", "Learn", f"n{number - 1}" if number else None) for number in range(3000)]
    assert place(read(package(chain)))[-1].depth == 2999
    circle = [(f"n{number}", "", "Learn", f"n{(number + 1) % 3000}") for number in range(3000)]
    found = read(package(circle))
    assert kinds(found)["circle"] == 1
    assert len(place(found)) == 3000


def test_strange_values_are_left_out_and_what_is_good_stays() -> None:
    strange = item(
        "odd",
        "6.EE.1",
        "Fine\x00 words \ud800 here\nand a second line",
        educationLevel=["06", "KG", "PK", 7, None, "13", "9" * 5000, {"a": 1}],
        lastChangeDateTime="9999-12-31T23:59:59-23:00",
        CFItemType={"title": "no"},
        uri="javascript:alert(1)",
        notes=["one", "two"],
        abbreviatedStatement="x" * 5000,
    )
    found = read(package([], CFItems=[strange])).items["odd"]
    assert found.statement == "Fine words here\nand a second line"
    assert found.grades == (1 << 6) | 1 | (1 << 7)
    assert (found.changed_at, found.item_type, found.uri, found.notes) == (None, "", "", "one, two")
    assert len(found.label) <= 300


@pytest.mark.parametrize("sequence", ["3", 3, 3.0, "three", None, True, [1], {"a": 1}, 1e308, -1])
def test_any_sequence_number(sequence: Any) -> None:
    found = with_links(child("sp4", "list-1", sequence))
    assert len(place(found)) == len(ROWS)


def test_nodes_may_be_plain_addresses() -> None:
    bare = package([("a", "A", "One", None), ("b", "B", "Two", None)])
    bare["CFAssociations"] = [
        {
            "associationType": "isChildOf",
            "originNodeURI": "b",
            "destinationNodeURI": {"uri": "https://x.example/a"},
        }
    ]
    assert [(each.identifier, each.parent) for each in place(read(bare))] == [("a", None), ("b", "a")]
