"""The wall in the search: not found, not counted, not completed, not guessed at."""

from typing import Any

import pytest
from sqlalchemy import event

from app.contributions import actions
from app.core.db import db as database
from app.spaces.actions import add_to_space, take_from_space
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_post, make_reply

WORD = "xylophonist"


def search(browser: Client, world: World, asked: str, more: str = "") -> str:
    return browser.get(f"/n/{world.network.slug}/search?q={asked}{more}").text


def everything(browser: Client, world: World, asked: str) -> str:
    here = f"/n/{world.network.slug}/search"
    return search(browser, world, asked) + browser.get(f"{here}/suggestions?q={asked}").text


@pytest.fixture
def secret(world: World, index: Any) -> Any:
    group = make_group(world, world.teacher, access="secret", name=f"{WORD} quartet")
    post = make_post(world.teacher, group, f"The {WORD} plays", title=f"{WORD} at noon", kind="question")
    make_reply(world.teacher, post, f"{WORD} again")
    make_post(world.teacher, world.commons, "Box plots for everybody")
    index()
    return group


def test_a_member_finds_what_an_outsider_cannot(secret: Any, world: World, as_member: Any) -> None:
    inside = search(as_member(world.teacher), world, WORD)
    assert "3 results" in inside
    assert "at noon" in inside
    for who in (world.colleague, world.facilitator, world.director):
        outside = search(as_member(who), world, WORD)
        assert "Nothing found" in outside
        assert "at noon" not in outside
        assert "quartet" not in outside


@pytest.mark.parametrize("almost", ["xylophonst", "xylophonists", "xylophoniss", "xylopohnist"])
def test_a_secret_word_is_never_meant(secret: Any, world: World, as_member: Any, almost: str) -> None:
    assert WORD in everything(as_member(world.teacher), world, almost)
    assert WORD not in everything(as_member(world.colleague), world, almost).replace(almost, "")


def test_a_secret_word_is_never_completed(secret: Any, world: World, as_member: Any) -> None:
    assert WORD in everything(as_member(world.teacher), world, "xylo")
    assert WORD not in everything(as_member(world.colleague), world, "xylo")


def test_a_secret_word_is_never_counted(secret: Any, world: World, as_member: Any) -> None:
    page = search(as_member(world.colleague), world, f"{WORD}+box")
    assert "Question" not in page.split("<main")[1].split("<ol")[0]
    assert "1 result" in page


@pytest.mark.parametrize("limit", ["in", "from", "kind"])
def test_a_hidden_name_and_no_name_are_the_same_limit(
    secret: Any, world: World, as_member: Any, limit: str
) -> None:
    browser = as_member(world.colleague)
    hidden = search(browser, world, f"{limit}:{WORD}")
    none = search(browser, world, f"{limit}:xylophonizt")
    assert hidden.replace(WORD, "W") == none.replace("xylophonizt", "W") or _same(hidden, none)


def _same(one: str, other: str) -> bool:
    """Alike but for tokens that differ on every page."""
    strip = [" ".join(page.split("<main")[1].split("</main>")[0].split()) for page in (one, other)]
    return strip[0].replace(WORD, "W") == strip[1].replace("xylophonizt", "W")


def test_a_hidden_word_costs_what_no_word_costs(secret: Any, world: World, as_member: Any) -> None:
    browser = as_member(world.colleague)

    def cost(asked: str) -> tuple[int, str]:
        statements: list[str] = []
        bind = database.session.get_bind()
        engine = getattr(bind, "engine", bind)

        def hear(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE")):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", hear)
        page = search(browser, world, asked)
        event.remove(engine, "before_cursor_execute", hear)
        return len(statements), page

    search(browser, world, "warming")
    hidden, none = cost(WORD), cost("xylophonizz")
    assert hidden[0] == none[0]
    assert hidden[0] > 0
    one, other = (page.split("<main")[1].split("</main>")[0] for _count, page in (hidden, none))
    assert one.replace(WORD, "W") == other.replace("xylophonizz", "W")


@pytest.mark.parametrize("act", ["hold", "take_down"])
def test_what_is_held_or_removed_is_gone_before_the_index_knows(
    world: World, index: Any, as_member: Any, act: str
) -> None:
    post = make_post(world.teacher, world.commons, "Zebra crossings", title="Zebra")
    make_reply(world.neighbour, post, "A zebra reply")
    make_post(world.teacher, world.commons, "Another zebra")
    index()
    browser = as_member(world.colleague)
    assert "3 results" in search(browser, world, "zebra")
    getattr(actions, act)(post, reason="privacy")
    page = search(browser, world, "zebra")
    assert "1 result" in page
    assert "Zebra crossings" not in page
    index()
    assert "1 result" in search(browser, world, "zebra")
    actions.restore(post)
    index()
    assert "3 results" in search(browser, world, "zebra")


def test_an_edit_is_out_of_reach_until_it_is_indexed(world: World, index: Any, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "Zebra crossings")
    index()
    actions.edit_contribution(world.teacher, post, html="<p>Giraffes</p>", title="")
    browser = as_member(world.colleague)
    assert "Giraffes" not in search(browser, world, "zebra")
    index()
    assert "<mark>Giraffes</mark>" in search(browser, world, "giraffe")
    assert "Nothing found" in search(browser, world, "zebra")


def test_membership_opens_and_closes_at_once(secret: Any, world: World, as_member: Any) -> None:
    browser = as_member(world.colleague)
    assert "at noon" not in search(browser, world, WORD)
    add_to_space(secret, world.colleague)
    assert "at noon" in search(browser, world, WORD)
    take_from_space(secret.id, world.colleague.id)
    assert "at noon" not in search(browser, world, WORD)


def test_a_conversation_is_found_by_its_own_people_only(
    world: World, db: Any, index: Any, as_member: Any
) -> None:
    space = make_group(world, world.teacher, world.principal, access="closed", name="Two of us")
    make_post(world.teacher, space, f"Only we know the {WORD}")
    space.kind = "conversation"
    db.session.commit()
    index()
    assert WORD in search(as_member(world.principal), world, "only+know")
    assert WORD not in search(as_member(world.director), world, "only+know")
    assert "Two of us" not in everything(as_member(world.principal), world, "two")


def test_a_group_on_request_is_found_by_name_and_its_words_are_not(
    world: World, index: Any, as_member: Any
) -> None:
    group = make_group(world, world.teacher, access="request", name="Ratio people")
    make_post(world.teacher, group, f"Inside, the {WORD}")
    index()
    page = everything(as_member(world.colleague), world, "ratio")
    assert "<mark>Ratio</mark> people" in page
    assert "Nothing found" in search(as_member(world.colleague), world, WORD)


def test_a_sealed_author_is_not_found_by_name(world: World, db: Any, index: Any, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "Zebra crossings")
    make_post(world.teacher, world.commons, "A signed zebra")
    post.seal = "x"
    db.session.commit()
    index()
    page = search(as_member(world.colleague), world, "zebra+from:tess")
    assert "1 result" in page
    assert "signed" in page


def test_who_left_is_not_found(world: World, db: Any, index: Any, as_member: Any) -> None:
    index()
    browser = as_member(world.teacher)
    assert "Colleague" in everything(browser, world, "cole")
    world.colleague.standing = "former"
    db.session.commit()
    assert "Colleague" not in everything(browser, world, "cole")
    index()
    assert "Colleague" not in everything(browser, world, "cole")
