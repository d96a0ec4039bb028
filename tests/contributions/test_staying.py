"""The stamp "stays in this space": every verb that takes something elsewhere obeys, and says so."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.actions import Excerpt, edit_contribution, move, post_reply, remove_contribution, stamp
from app.contributions.models import Contribution
from app.contributions.policy import can_move, may_be_in, may_leave, what_can
from app.core import clock, personal
from app.core.access import Forbidden, NotFound
from app.library.actions import (
    NotThere,
    Said,
    adapt,
    add_resource,
    answer_request,
    ask_for,
    collect,
    start_collection,
    take_in,
)
from app.library.queries import items_of
from app.library.queries.collections import to_add_to
from app.networks.models import Member
from app.spaces.models import Space
from tests.library.conftest import BODY
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World, make_post, make_reply

Browser = Callable[[Member], Client]
CANARY = "CNRY-stays-77"


@pytest.fixture
def group(world: World) -> Space:
    """An open group, whose things could go anywhere but for the stamp."""
    return group_of(world.teacher, world.colleague, access="open")


def resource(world: World, space: Space, *, stays: bool) -> Contribution:
    said = Said(f"{CANARY} title", f"<p>{CANARY} words</p>", BODY)
    return add_resource(world.teacher, space, said, stays=stays)


def copied(world: World, one: Contribution, into: Space) -> Contribution:
    said = Said("A copy", "<p>Mine</p>", BODY)
    return adapt(world.colleague, [one], into, said, changed="Shorter")


def collected(world: World, one: Contribution, into: Space) -> None:
    collect(world.colleague, start_collection(world.colleague, title="Best", about="", space=into), one)


def named_in_an_answer(world: World, one: Contribution, into: Space) -> None:
    asked = ask_for(world.principal, into, title="Box plots?", html="<p>Please</p>", needed_by=None)
    answer_request(world.colleague, asked, one)


def moved(world: World, one: Contribution, into: Space) -> None:
    thread = make_post(world.teacher, one.space, "Talk", kind="thread", title="Talk", stays=one.stays)
    move(world.teacher, thread, into)


VERBS: dict[str, Callable[[World, Contribution, Space], Any]] = {
    "adapt": copied,
    "collect": collected,
    "answer a request": named_in_an_answer,
    "move": moved,
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_stays_goes_nowhere_by_any_verb(world: World, group: Space, verb: str) -> None:
    VERBS[verb](world, resource(world, group, stays=False), world.commons)
    with pytest.raises((Forbidden, NotThere)):
        VERBS[verb](world, resource(world, group, stays=True), world.commons)


def test_inside_its_space_it_is_as_everything_else(world: World, group: Space) -> None:
    one = resource(world, group, stays=True)
    assert copied(world, one, group).stays, "what comes of it stays too"
    collected(world, one, group)
    own = start_collection(world.colleague, title="Only mine", about="", space=None)
    collect(world.colleague, own, one)
    named_in_an_answer(world, one, group)


def test_collections_elsewhere_are_not_offered_and_let_go(world: World, group: Space) -> None:
    one = resource(world, group, stays=False)
    made = start_collection(world.colleague, title="Best", about="", space=world.commons)
    collect(world.colleague, made, one)
    assert [item.post.id for item in items_of(world.colleague, made)] == [one.id]
    assert [listed.collection.id for listed in to_add_to(world.colleague, one)] == [made.id]
    stamp(world.teacher, one, stays=True)
    assert not items_of(world.colleague, made)
    assert not to_add_to(world.colleague, one)


def test_replies_go_with_their_root(world: World, group: Space) -> None:
    root = make_post(world.teacher, group, "Honest", stays=True)
    reply = make_reply(world.colleague, root)
    assert not may_leave(reply)
    assert may_be_in(reply, group)
    assert not may_be_in(reply, world.commons)


def test_no_words_of_it_are_quoted_elsewhere(world: World, group: Space) -> None:
    one = make_post(world.teacher, group, CANARY, stays=True)
    elsewhere = make_post(world.colleague, world.commons, "Talk")
    with pytest.raises(NotFound):
        post_reply(world.colleague, elsewhere, html="<p>See</p>", excerpt=Excerpt(one.id, 0, 5))


def test_a_link_from_elsewhere_shows_nothing_of_it(world: World, group: Space, as_member: Browser) -> None:
    one = make_post(world.teacher, group, f"{CANARY} words", title=f"{CANARY} title", stays=True)
    card, browser = f"/n/{world.network.slug}/c/{one.id}/card", as_member(world.colleague)
    inside = browser.get(f"{card}?in={group.id}").text
    assert CANARY in inside
    for place in ("", f"?in={world.commons.id}", "?in=x"):
        away = browser.get(card + place).text
        assert CANARY not in away
        assert "This stays in its space" in away
    assert as_member(world.outsider).get(f"{card}?in={group.id}").status_code == 404


def test_the_page_of_an_idea_elsewhere_names_no_test_that_stays(
    world: World, group: Space, as_member: Browser
) -> None:
    idea = make_post(world.colleague, world.commons, "An idea")
    test = make_post(
        world.teacher, group, CANARY, kind="tried_it", reports_on_id=idea.id, outcome="mixed", stays=True
    )
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/c/{idea.id}").text
    assert "A test that stays in its space" in page
    assert CANARY not in page
    assert f"/c/{test.id}" in page


def test_only_its_authors_download_has_it(world: World, group: Space) -> None:
    make_post(world.teacher, group, f"{CANARY} words", stays=True)

    def download(member: Member) -> str:
        return "".join(str(value) for _path, value in personal.everything_of(member.account))

    assert CANARY in download(world.teacher)
    assert CANARY not in download(world.colleague)


def test_taken_into_the_library_it_stays_where_it_stands(world: World, group: Space) -> None:
    post = make_post(world.teacher, group, CANARY, kind="material", title="Cards", stays=True)
    taken = take_in(world.teacher, post)
    assert (taken.space_id, taken.stays) == (group.id, True)


def test_its_author_stamps_and_lifts_until_others_have_written(world: World, group: Space) -> None:
    root = make_post(world.teacher, group, "Honest")
    for other in (world.colleague, world.facilitator, world.director):
        with pytest.raises(Forbidden):
            stamp(other, root, stays=True)
    before = root.version
    stamp(world.teacher, root, stays=True)
    assert root.version > before, "its card says so"
    stamp(world.teacher, root, stays=False)
    stamp(world.teacher, root, stays=True)
    reply = make_reply(world.colleague, root)
    with pytest.raises(Forbidden):
        stamp(world.teacher, root, stays=False)
    remove_contribution(world.colleague, reply)
    with pytest.raises(Forbidden):
        stamp(world.teacher, root, stays=False)
    edit_contribution(world.teacher, root, html="<p>Said differently</p>")
    assert root.stays
    with pytest.raises(NotFound):
        stamp(world.colleague, reply, stays=True)


def test_held_and_back_again_it_still_stays(world: World, group: Space) -> None:
    root = make_post(world.teacher, group, "Honest", stays=True)
    for away in (lambda: actions.hold(root, reason="test"), lambda: actions.take_down(root, reason="test")):
        away()
        actions.restore(root)
        assert root.stays


def test_composer_card_page_and_menu_say_it(world: World, group: Space, as_member: Browser) -> None:
    browser, home = as_member(world.teacher), f"/n/{world.network.slug}"
    assert 'name="stays"' in browser.get(f"{home}/share/update").text
    assert 'name="stays"' in browser.get(f"{home}/threads/new").text
    assert 'name="stays"' in browser.get(f"{home}/library/new").text
    sent = {"body": "Just us", "space": str(group.id), "stays": "1"}
    page = browser.post(f"{home}/share/update", data=sent)
    assert page.status_code == 303
    shown = browser.get(page.location).text
    assert "Stays in this space" in shown
    assert "It stays in this space." in shown
    menu = browser.get(f"{page.location.split('#')[0]}/menu").text
    assert "Let it be shared further" in menu
    assert "It stays in this space." in menu
    posted = browser.post(f"{page.location}/stays", data={"on": "0"}, follow_redirects=True)
    assert "It can be shared further again" in posted.text
    assert as_member(world.colleague).post(f"{page.location}/stays", data={"on": "1"}).status_code == 403


def test_copying_a_link_says_who_can_open_it(world: World, group: Space, as_member: Browser) -> None:
    closed = group_of(world.teacher, world.colleague, name="Closed")
    browser = as_member(world.colleague)
    for space, words in (
        (group, f"Everybody in {world.network.name} can open it."),
        (closed, "Only people who see Closed can open it."),
    ):
        one = make_post(world.teacher, space, "Words")
        assert words in browser.get(f"/n/{world.network.slug}/c/{one.id}/menu").text


def test_a_thread_that_stays_is_not_offered_to_be_moved(world: World, group: Space) -> None:
    free = make_post(world.teacher, group, "Talk", kind="thread", title="Free")
    kept = make_post(world.teacher, group, "Talk", kind="thread", title="Kept", stays=True)
    assert can_move(world.teacher, free)
    assert not can_move(world.teacher, kept)
    assert not what_can(world.teacher, kept).move
    assert what_can(world.teacher, kept).stamp


def test_a_copy_stays_as_long_as_what_it_was_made_of(world: World, group: Space) -> None:
    one = resource(world, group, stays=True)
    made = copied(world, one, group)
    assert made.stays
    assert not what_can(made.author, made).stamp
    with pytest.raises(Forbidden):
        stamp(made.author, made, stays=False)
    stamp(one.author, one, stays=False)
    assert not stamp(made.author, made, stays=False).stays


def test_undoing_a_move_takes_no_stamped_talk_out(world: World, group: Space) -> None:
    post, before = make_post(world.teacher, world.commons, "words", kind="question", title="Q"), clock.now()
    move(world.teacher, post, group)
    stamp(world.teacher, post, stays=True)
    with pytest.raises(Forbidden):
        actions.put_back(post, world.commons, since=before)
    assert post.space_id == group.id
