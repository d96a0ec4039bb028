"""Posts name standards: with the picker, with codes alone, and anew in an edit."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.contributions.queries.standards import named_on
from app.networks.policy import OPERATOR
from app.standards.actions import choose_frameworks
from app.standards.models import Standard
from tests.posts.test_drivers import newest, place
from tests.standards.conftest import bring, standard
from tests.support.factories import World, make_post

__all__ = ["bring", "standard"]
ASKED = "Which standards does it serve?"


def codes(post: Contribution) -> list[tuple[str, str]]:
    return [(pick.standard.code, pick.relation) for pick in named_on([post.id]).get(post.id, [])]


@pytest.mark.parametrize("kind", ["question", "material", "tried_it"])
def test_a_post_names_some(
    kind: str, world: World, standard: Callable[[str], Standard], as_member: Any, db: Any
) -> None:
    browser = as_member(world.teacher)
    assert ASKED in browser.get(place(world, f"share/{kind}")).text
    fields = {"body": "We talked", "outcome": "mixed", "space": world.commons.id}
    named = [f"{standard('6.RP.A.3').id}:building_towards", "6sp4, 6.SP.5"]
    assert browser.post(place(world, f"share/{kind}"), data={**fields, "standards": named}).status_code == 303
    post = newest(db)
    assert codes(post) == [
        ("6.SP.B.4", "addressing"),
        ("6.SP.B.5", "addressing"),
        ("6.RP.A.3", "building_towards"),
    ]
    form = browser.get(place(world, f"c/{post.id}/edit-post")).text
    assert f'value="{standard("6.RP.A.3").id}:building_towards" selected' in form
    saved = {"body": "We talked more", "outcome": "mixed", "standards": [named[0], ""]}
    assert browser.post(place(world, f"c/{post.id}/edit-post"), data=saved).status_code == 303
    assert codes(post) == [("6.RP.A.3", "building_towards")]


def test_a_wrong_code_is_said_and_everything_is_kept(world: World, standard: Any, as_member: Any) -> None:
    browser = as_member(world.teacher)
    fields = {"body": "We talked", "space": world.commons.id, "standards": ["6.SP.4, 9.Z.9"]}
    answer = browser.post(place(world, "share/question"), data=fields)
    assert answer.status_code == 422
    assert "Your lists have no “9.Z.9”" in answer.text
    assert 'value="9.Z.9"' in answer.text
    assert f'value="{standard("6.SP.B.4").id}:addressing" selected' in answer.text
    assert "We talked" in answer.text


def test_an_edit_that_does_not_ask_changes_nothing(
    world: World, standard: Any, as_member: Any, db: Any
) -> None:
    from app.contributions.actions import name_standards
    from app.standards.queries import Pick

    post = make_post(world.teacher, world.commons, kind="question")
    name_standards(world.teacher, post, [Pick(standard("6.SP.B.4"))])
    browser = as_member(world.teacher)
    browser.post(place(world, f"c/{post.id}/edit-post"), data={"body": "Anew"})
    assert codes(post) == [("6.SP.B.4", "addressing")]


def test_a_network_without_a_list_is_not_asked(world: World, standard: Any, as_member: Any) -> None:
    choose_frameworks(OPERATOR, world.network, [])
    assert ASKED not in as_member(world.teacher).get(place(world, "share/question")).text
