"""The pages: the tree with counts, one standard, the picker's answers, and the network's choice."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import name_standards
from app.core.files import files
from app.networks.policy import OPERATOR
from app.standards.actions import choose_frameworks
from app.standards.models import FrameworkImport, Standard
from app.standards.queries import Pick, browsing, picks_from
from app.standards.queries.counting import counts_of
from tests.search.test_page import main_of
from tests.standards.packages import ROWS, item, package, sent
from tests.support.factories import World, make_group, make_post

Code = Callable[[str], Standard]


@pytest.fixture
def place(world: World) -> Callable[[str], str]:
    return lambda rest="": f"/n/{world.network.slug}/{rest}"


def name(post: Any, author: Any, *standards: Standard, relation: str = "addressing") -> None:
    name_standards(author, post, [Pick(each, relation) for each in standards])


def test_the_tree_counts_what_one_sees(world: World, standard: Code) -> None:
    post = make_post(world.teacher, world.commons)
    name(post, world.teacher, standard("6.SP.B.4"), standard("6.SP.B.5"))
    name(make_post(world.colleague, world.commons), world.colleague, standard("6.SP"))
    secret = make_group(world, world.teacher, access="secret")
    name(make_post(world.teacher, secret), world.teacher, standard("6.SP.B.4"))

    def counts(viewer: Any) -> dict[str, int]:
        found = counts_of(viewer, standard("6.SP").framework_id)
        codes = ("6.SP", "6.SP.B", "6.SP.B.4", "6.SP.B.5", "6.RP")
        return {code: found.get(standard(code).id, 0) for code in codes}

    assert counts(world.teacher) == {"6.SP": 3, "6.SP.B": 2, "6.SP.B.4": 2, "6.SP.B.5": 1, "6.RP": 0}
    for viewer in (world.colleague, world.director):
        assert counts(viewer) == {"6.SP": 2, "6.SP.B": 1, "6.SP.B.4": 1, "6.SP.B.5": 1, "6.RP": 0}
    assert not any(counts(world.outsider).values())


def test_browsing(world: World, standard: Code, as_member: Any, place: Any) -> None:
    name(make_post(world.teacher, world.commons, "Sneaker sizes"), world.teacher, standard("6.SP.B.4"))
    browser = as_member(world.colleague)
    page = main_of(browser.get(place("standards/")).text)
    assert "Show numbers in plots" in page
    assert "1 thing serves it" in page
    assert page.index("Show numbers in plots") < page.index("A state"), "what one came for is first"
    found = main_of(browser.get(place("standards/?q=6sp4")).text)
    assert "1 standard" in found
    assert "Sum up a set" not in found
    assert "Nothing has that code" in browser.get(place("standards/?q=zebra")).text
    assert browser.get(place("standards/?list=999")).status_code == 404
    own = main_of(browser.get(place(f"standards/{standard('6.SP.B').id}")).text)
    assert "Sneaker sizes" in own
    assert "6.SP.B.5" in own
    assert "Nothing names it yet" in browser.get(place(f"standards/{standard('6.RP').id}")).text
    assert f'href="{place("standards/")}"' in browser.get(place("library/")).text


def test_another_network_finds_nothing(world: World, standard: Code, as_member: Any) -> None:
    browser = as_member(world.outsider)
    own = f"/n/{world.outsider.network.slug}/standards/"
    assert browser.get(f"{own}{standard('6.SP').id}").status_code == 404
    assert "No standards here yet" in browser.get(own).text
    assert "6.SP" not in browser.get(f"{own}pick?q=6.SP").text
    assert browser.get(f"{own}pick?id={standard('6.SP').id}").text.strip() == ""


def test_a_large_list_is_cut_by_depth(
    world: World, bring: Any, as_member: Any, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "MOST", 4)
    bring()
    page = main_of(as_member(world.colleague).get(place("standards/")).text)
    assert "6.SP.B" in page
    assert "6.SP.B.4" not in page
    assert "More beneath it" in page


def test_a_deep_list_has_a_page_for_what_lies_deep(
    world: World, bring: Any, as_member: Any, place: Any
) -> None:
    bring(package([(f"d{at}", f"D.{at}", "Deeper", f"d{at - 1}" if at else None) for at in range(300)]))
    page = main_of(as_member(world.colleague).get(place("standards/")).text)
    assert "D.5" in page
    assert "D.40" not in page
    assert "More beneath it" in page


def test_the_line_on_a_posts_page(world: World, standard: Code, as_member: Any, place: Any) -> None:
    post = make_post(world.teacher, world.commons)
    name(post, world.teacher, standard("6.SP.B.4"), relation="building_on")
    page = main_of(as_member(world.colleague).get(place(f"c/{post.id}")).text)
    assert "Building on" in page
    assert f"standards/{standard('6.SP.B.4').id}" in page


def test_what_is_retired_stays_named(
    world: World, standard: Code, bring: Any, as_member: Any, place: Any
) -> None:
    post, gone = make_post(world.teacher, world.commons), standard("6.SP.B.5")
    name(post, world.teacher, gone)
    bring(package([row for row in ROWS if row[0] != "sp5"]))
    browser = as_member(world.colleague)
    assert "6.SP.B.5" in main_of(browser.get(place(f"c/{post.id}")).text)
    assert "no longer in the published list" in browser.get(place(f"standards/{gone.id}")).text
    assert "still named here" in browser.get(place("standards/")).text


def test_what_the_picker_is_answered(world: World, standard: Code, as_member: Any, place: Any) -> None:
    browser = as_member(world.teacher)
    answer = browser.get(place("standards/pick?q=6.sp.4")).text
    assert f'data-id="{standard("6.SP.B.4").id}"' in answer
    assert answer.count('role="option"') == 1
    back = browser.get(place(f"standards/pick?id={standard('6.RP').id}&id=x&id=99999999999999999999")).text
    assert 'data-code="6.RP"' in back
    assert browser.get(place("standards/pick")).text.strip() == ""


def test_picks_and_typed_codes(world: World, standard: Code) -> None:
    one, two = standard("6.SP.B.4"), standard("6.RP.A.3")
    values = [f"{one.id}:building_on", "", f"{one.id}:addressing", f"{two.id}:nonsense", "999999:addressing"]
    picks, unknown = picks_from(world.teacher, [*values, "6.rp.3, 6sp4; zebra, 9.Z.9"])
    assert [(pick.standard.id, pick.relation) for pick in picks] == [
        (one.id, "building_on"),
        (two.id, "addressing"),
    ]
    assert unknown == [f"{two.id}:nonsense", "zebra", "9.Z.9"]
    assert picks_from(world.outsider, [f"{one.id}:addressing", "6.SP.B.4"])[0] == []
    assert len(picks_from(world.teacher, [f"{number}:addressing" for number in range(500)])[0]) <= 12


def test_only_the_author_says_what_it_serves(world: World, standard: Code) -> None:
    from app.core.access import Forbidden, NotFound

    post = make_post(world.teacher, world.commons)
    with pytest.raises(Forbidden):
        name(post, world.colleague, standard("6.SP"))
    with pytest.raises(NotFound):
        name(post, world.outsider, standard("6.SP"))
    with pytest.raises(ValueError, match="relation"):
        name(post, world.teacher, standard("6.SP"), relation="loves")


def test_what_somebody_named_is_in_their_data(world: World, standard: Code) -> None:
    from app.core import personal

    name(make_post(world.teacher, world.commons), world.teacher, standard("6.SP.B.4"))
    told = "".join(str(value) for _path, value in personal.everything_of(world.teacher.account))
    assert "{'code': '6.SP.B.4', 'how': 'addressing'}" in told


def test_settings_are_the_hubs(world: World, as_member: Any, place: Any) -> None:
    for viewer in (world.teacher, world.principal):
        browser = as_member(viewer)
        assert browser.get(place("settings/standards")).status_code == 403
        assert browser.post(place("settings/standards")).status_code == 403
        sent_file = {"file": (BytesIO(sent(package())), "list.json")}
        assert browser.post(place("settings/standards/import"), data=sent_file).status_code == 403


def take(browser: Any, place: Any, db: Any, **said: Any) -> Any:
    """Say yes to the newest import, with everything ticked unless something else is said."""
    asked = db.session.scalars(select(FrameworkImport).order_by(FrameworkImport.id.desc())).first()
    plan = asked.report["plans"][0]
    ticked = {
        "grade-0": [str(grade) for grade, _count in plan["grades"]],
        "branch-0": [branch["identifier"] for branch in plan["branches"]],
    }
    return browser.post(place(f"settings/standards/import/{asked.id}"), data=ticked | said)


def test_a_file_comes_in(world: World, as_member: Any, place: Any, outbox: Any, db: Any) -> None:
    browser = as_member(world.facilitator)
    assert "no list here yet" in browser.get(place("settings/standards")).text
    assert browser.post(place("settings/standards/import")).status_code == 422
    rows = [*ROWS, ("lost", "6.X.1", "Lost", "nowhere")]
    data = {"file": (BytesIO(sent({"CFPackage": package(rows)})), "../list.json")}
    assert browser.post(place("settings/standards/import"), data=data).status_code == 303
    assert "We are reading it" in browser.get(place("settings/standards")).text
    key = db.session.scalars(select(FrameworkImport.blob_key)).one()
    assert files.store.exists(key)
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert "Nothing has changed yet" in page
    assert "<dt>New</dt><dd>7</dd>" in page
    assert "6.X.1" in page
    assert db.session.scalars(select(Standard)).all() == []
    take(browser, place, db)
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert "7 new, 0 changed" in page
    assert "6.X.1" in page
    assert "Lists that you use" in page
    assert not files.store.exists(key)
    assert "6.SP.B.4" in browser.get(place("standards/")).text
    assert "standards/" in browser.get(place("library/")).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"nonsense", "could not read the file"),
        (b'{"CFDocument": {"identifier": "x"}}', "has no standards in it"),
        (b"PK\x03\x04", "unpack it first"),
        (b"code,statement,grade\n6.SP,Plots,6", "This is a table"),
        (b'{\n"CFDocument":\n{"identifier"', "mistake in line 3"),
        (b'{"items": [], "name": 1}', "It has: items, name."),
    ],
)
def test_a_file_that_is_none_is_told_kindly(
    data: bytes, said: str, world: World, as_member: Any, place: Any, outbox: Any
) -> None:
    browser = as_member(world.director)
    browser.post(place("settings/standards/import"), data={"file": (BytesIO(data), "x.json")})
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert 'class="error"' in page
    assert said in page
    assert "Nothing came in" in page
    assert "Do not take it" not in page
    for word in ("CFPackage", "framework", "banner-good"):
        assert word not in page


def test_choosing(world: World, bring: Any, as_member: Any, place: Any) -> None:
    report = bring(network=None)
    browser = as_member(world.director)
    assert "No standards here yet" in browser.get(place("standards/")).text
    ticked = {"framework": [str(report.framework_id), "x", "99999999"]}
    assert browser.post(place("settings/standards"), data=ticked).status_code == 303
    assert "6.SP" in browser.get(place("standards/")).text
    choose_frameworks(OPERATOR, world.network, [])
    assert "No standards here yet" in browser.get(place("standards/")).text


def test_nothing_of_a_list_is_markup(world: World, bring: Any, as_member: Any, place: Any) -> None:
    bad = '"><script>alert(1)</script>'
    bring(package([], CFItems=[item("x", bad, bad, abbreviatedStatement=bad, CFItemType=bad, notes=bad)]))
    browser = as_member(world.teacher)
    for path in ("standards/", "standards/?q=alert", "standards/pick?q=alert", "settings/standards"):
        assert "<script>alert" not in browser.get(place(path)).text


def test_an_address_only_where_the_operator_lets_it(
    world: World,
    as_member: Any,
    place: Any,
    outbox: Any,
    app: Any,
    db: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.core.outside import Unreachable
    from app.standards import subscribers

    asked: list[str] = []

    def answer(address: str) -> bytes:
        asked.append(address)
        if "nowhere" in address:
            raise Unreachable
        return sent(package())

    monkeypatch.setattr(subscribers, "fetch", answer)
    browser = as_member(world.director)
    given = {"address": "https://standards.example/list"}
    assert "Or its web address" not in browser.get(place("settings/standards")).text
    assert browser.post(place("settings/standards/import"), data=given).status_code == 422
    monkeypatch.setitem(app.config, "FETCH_OUTSIDE", True)
    assert "Or its web address" in browser.get(place("settings/standards")).text
    for address in ("file:///etc/passwd", "standards.example", "javascript:alert(1)"):
        bad = browser.post(place("settings/standards/import"), data={"address": address})
        assert bad.status_code == 422, address
    for address in ("https://nowhere.example/", given["address"]):
        assert browser.post(place("settings/standards/import"), data={"address": address}).status_code == 303
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert asked == ["https://nowhere.example/", given["address"]]
    assert "We could not get anything from that address" in page
    assert "<dt>New</dt><dd>6</dd>" in page
    take(browser, place, db)
    outbox.drain()
    assert "6 new, 0 changed" in browser.get(place("settings/standards")).text
    assert len(asked) == 2, "what was looked at is what comes in"
