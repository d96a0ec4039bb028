"""`standard:` and its filter, with the walls of everything else."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.actions import name_standards
from app.networks.policy import OPERATOR
from app.standards.actions import import_packages
from app.standards.models import Standard
from app.standards.queries import Pick, standards_of_code
from app.standards.queries.case import read_packages
from tests.search.test_page import main_of
from tests.standards.packages import ROWS, package, sent
from tests.support.factories import World, make_group, make_post


@pytest.fixture
def code(world: World) -> Callable[[str], Standard]:
    import_packages(OPERATOR, read_packages(sent(package())), world.network)

    def find(code: str) -> Standard:
        (found,) = standards_of_code(world.network.id, code)
        return found

    return find


@pytest.fixture
def found(world: World, as_member: Any) -> Callable[..., list[str]]:
    def run(typed: str, viewer: Any = None, **more: str) -> list[str]:
        browser = as_member(viewer or world.colleague)
        page = main_of(browser.get(f"/n/{world.network.slug}/search", query_string={"q": typed, **more}).text)
        return [word for word in ("zebras", "lions", "bears", "secrets") if word in page]

    return run


def share(world: World, code: Any) -> None:
    for words, name in (("zebras", "6.SP.B.4"), ("lions", "6.RP.A.3"), ("bears", "6.SP")):
        post = make_post(world.teacher, world.commons, f"All about {words}")
        name_standards(world.teacher, post, [Pick(code(name), "building_on")])


def test_a_code_in_any_spelling_and_all_beneath_it(world: World, index: Any, code: Any, found: Any) -> None:
    share(world, code)
    index()
    for typed in ("6.SP.B.4", "6.SP.4", "6sp4", "CCSS.MATH.CONTENT.6.SP.B.4"):
        assert found(f"standard:{typed}") == ["zebras"], typed
    assert found("standard:6.SP") == ["zebras", "bears"]
    assert found("standard:6.SP.B") == ["zebras"]
    assert found("standard:9.Z.1") == []
    assert found("about standard:6.RP.A.3") == ["lions"]
    assert found("nothing standard:6.SP") == []
    for alone in ("6.SP.B.4", "6sp4", "6.sp.4"):
        assert found(alone) == ["zebras"], alone


def test_the_filter_names_codes(world: World, index: Any, code: Any, as_member: Any, found: Any) -> None:
    share(world, code)
    index()
    page = main_of(as_member(world.colleague).get(f"/n/{world.network.slug}/search?q=about").text)
    assert "6.SP.B.4 <span" in page
    assert found("about", standard=str(code("6.RP.A.3").id)) == ["lions"]
    assert found("about", standard="999999999") == []
    assert found("about", standard="x'--") == ["zebras", "lions", "bears"]


def test_what_is_named_anew_is_found_anew(world: World, index: Any, code: Any, found: Any) -> None:
    post = make_post(world.teacher, world.commons, "All about zebras")
    name_standards(world.teacher, post, [Pick(code("6.SP.B.4"))])
    index()
    name_standards(world.teacher, post, [Pick(code("6.RP.A.3"))])
    index()
    assert found("standard:6.SP.B.4") == []
    assert found("standard:6.RP.A.3") == ["zebras"]
    rows = [("rp3", "6.RP.Z.9", "New code", None) if row[0] == "rp3" else row for row in ROWS]
    import_packages(OPERATOR, read_packages(sent(package(rows))), world.network)
    index()
    assert found("6rpz9") == ["zebras"]
    assert found("standard:6.RP.Z.9") == ["zebras"]


def test_a_wall_stays_a_wall(world: World, index: Any, code: Any, found: Any, as_member: Any) -> None:
    group = make_group(world, world.teacher, access="secret")
    name_standards(world.teacher, make_post(world.teacher, group, "secrets"), [Pick(code("6.SP.B.5"))])
    make_post(world.teacher, world.commons, "All about zebras")
    index()
    assert found("standard:6.SP.B.5", world.teacher) == ["secrets"]
    assert found("standard:6.SP.B.5", world.colleague) == []
    for viewer in (world.colleague, world.director):
        page = main_of(as_member(viewer).get(f"/n/{world.network.slug}/search?q=about").text)
        assert "6.SP.B.5" not in page
