"""Drafts: never overwritten by a stale tab, and ended by nothing but their own words being posted."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.actions import Piece, StaleDraft, share
from app.contributions.actions import drafts as module
from app.contributions.actions.drafts import TooManyDrafts, find_draft
from app.contributions.actions.sending import same_words, sent_with
from app.contributions.models import Draft
from app.networks.actions import set_sealing
from tests.support.factories import World, make_post

JSON = {"Accept": "application/json"}
PHONE = {"html": ["<p>Ten minutes of thought</p>"]}


def test_a_draft_goes_over_the_wire(world: World, as_member: Any) -> None:
    browser, path = as_member(world.teacher), f"/n/{world.network.slug}/drafts/update"
    number = browser.put(path, json={"body": {"text": "a"}, "sequence": 0}).json["sequence"]
    assert browser.put(path, json={"body": {"text": "b"}, "sequence": 0}).status_code == 409
    assert browser.get(path).json["body"] == {"text": "a"}
    assert as_member(world.colleague).get(path).json["body"] is None
    assert browser.delete(f"{path}?sequence={number - 1}").status_code == 204
    assert browser.get(path).json["sequence"] == number
    assert browser.delete(f"{path}?sequence={number}").status_code == 204
    assert browser.get(path).json["sequence"] == 0
    for nonsense in (None, [], {"body": "x", "sequence": 1}, {"body": {}, "sequence": True}, {"body": {}}):
        assert browser.put(path, json=nonsense).status_code == 400


def save(world: World, kind: str = "update", target: str = "", body: Mapping[str, Any] = PHONE) -> Draft:
    known = find_draft(world.teacher, kind, target)
    saved = actions.save_draft(world.teacher, kind, target, body, sequence=known.sequence if known else 0)
    assert saved is not None
    return saved


def test_a_stale_tab_is_told_and_overwrites_nothing(world: World, clock: Any) -> None:
    first = save(world).sequence
    save(world, body={"body": "ab"})
    with pytest.raises(StaleDraft) as stale:
        actions.save_draft(world.teacher, "update", "", {"body": "x"}, sequence=first)
    assert stale.value.draft.body == {"body": "ab"}
    actions.discard_draft(world.teacher, "update", "")
    clock.move(seconds=10)
    assert save(world).sequence > first + 1, "a number that comes again would let a stale tab overwrite"
    assert find_draft(world.colleague, "update", "") is None


@pytest.mark.parametrize("names", ["nothing", "an older one", "another one"])
def test_a_post_ends_no_draft_of_other_words(world: World, as_member: Any, names: str) -> None:
    saved = save(world)
    name = {"an older one": f"{saved.sequence - 1}:update:", "another one": f"{saved.sequence}:question:"}
    said = {"html": "<p>Quick note</p>", "space": world.commons.id, "draft": name.get(names, "")}
    browser = as_member(world.teacher)
    assert browser.post(f"/n/{world.network.slug}/share/update", data=said, headers=JSON).status_code == 200
    assert browser.get(f"/n/{world.network.slug}/drafts/update").json["body"] == PHONE


def test_a_post_ends_the_draft_that_it_came_from(world: World, as_member: Any) -> None:
    saved = save(world)
    browser, address = as_member(world.teacher), f"/n/{world.network.slug}/share/update"
    said = {"html": "<p>Ten minutes of thought, and one</p>", "draft": f"{saved.sequence}:update:"}
    refused = browser.post(address, data={**said, "space": "", "html": ""}, headers=JSON)
    assert refused.status_code == 422
    assert find_draft(world.teacher, "update", "") is not None
    assert browser.post(address, data={**said, "space": world.commons.id}, headers=JSON).status_code == 200
    assert find_draft(world.teacher, "update", "") is None


def test_the_same_words_are_posted_without_a_name(world: World, as_member: Any) -> None:
    """From a page of before, or posted faster than their saving was heard of."""
    save(world, body={**PHONE, "title": [""], "key": ["of another load"], "space": ["0"]})
    said = {"html": PHONE["html"][0], "space": world.commons.id}
    as_member(world.teacher).post(f"/n/{world.network.slug}/share/update", data=said, headers=JSON)
    assert find_draft(world.teacher, "update", "") is None
    lines = {"answer": ["One\nline", "Two"]}
    assert same_words(lines, {"answer": ["One\r\nline", "Two", "Three"]})
    assert not same_words(lines, {"answer": ["One\r\nline"]})
    assert not same_words(lines, {})


@pytest.mark.parametrize("as_json", [True, False])
def test_a_reply_leaves_the_draft_of_another(world: World, as_member: Any, as_json: bool) -> None:
    root = make_post(world.colleague, world.commons)
    target, browser = f"reply:{root.id}", as_member(world.teacher)
    saved = save(world, "reply", target)
    address, how = f"/n/{world.network.slug}/c/{root.id}/reply", "json" if as_json else "data"
    browser.post(address, headers=JSON, **{how: {"html": "<p>Thanks</p>"}})
    assert find_draft(world.teacher, "reply", target) is not None
    said = {"html": "<p>Ten minutes</p>", "draft": f"{saved.sequence}:reply:{target}"}
    assert browser.post(address, headers=JSON, **{how: said}).status_code == 200
    assert find_draft(world.teacher, "reply", target) is None


def test_what_is_said_in_another_form_of_a_talk_leaves_a_reply(world: World) -> None:
    root = make_post(world.colleague, world.commons)
    saved = save(world, "reply", f"reply:{root.id}")
    with sent_with({"tip": "Slow", "draft": f"{saved.sequence}:use:about:{root.id}"}):
        actions.post_reply(world.teacher, root, html="<p>Used</p>")
    assert find_draft(world.teacher, "reply", f"reply:{root.id}") is not None


@pytest.mark.parametrize("words", ["<p>Ten minutes of thought.</p>", "<p>Nobody talked</p>"])
def test_without_my_name_takes_what_another_device_has_saved_since(world: World, words: str) -> None:
    """It may be nearly the same words, and says whose they are."""
    saved = save(world)
    sealed = {"html": [words], "sealed": ["1"]}
    assert actions.save_draft(world.teacher, "update", "", sealed, sequence=saved.sequence - 1) is None
    assert find_draft(world.teacher, "update", "") is None


@pytest.mark.parametrize("sealed", [True, False])
def test_what_is_shared_without_a_name_leaves_no_draft_of_its_form(
    world: World, as_member: Any, sealed: bool
) -> None:
    """Another device saved other words since; with a name they stay, because nobody else has them."""
    set_sealing(world.director, world.network, allowed=True)
    first = save(world, "question").sequence
    others = actions.save_draft(world.colleague, "question", "", PHONE, sequence=0)
    save(world, "question", body={"html": ["<p>Eleven minutes</p>"]})
    given = {"html": "<p>Ten minutes of thought</p>", "title": "Why?", "space": world.commons.id}
    given |= {"draft": f"{first}:question:", **({"sealed": "1"} if sealed else {})}
    address = f"/n/{world.network.slug}/share/question"
    assert as_member(world.teacher).post(address, data=given, headers=JSON).status_code == 200
    assert (find_draft(world.teacher, "question", "") is None) is sealed
    assert others is not None
    assert find_draft(world.colleague, "question", "") is others


def test_an_answer_without_a_name_leaves_no_draft_either(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One was saved while nobody could tell whose the talk is, the key being away."""
    set_sealing(world.director, world.network, allowed=True)
    root = share(world.teacher, world.commons, Piece(kind="question", html="<p>Why?</p>", sealed=True))
    with monkeypatch.context() as away:
        away.setattr(module, "is_sealed_by", lambda *_given: False)
        save(world, "reply", f"reply:{root.id}")
    actions.post_reply(world.teacher, root, html="<p>I try again</p>")
    assert find_draft(world.teacher, "reply", f"reply:{root.id}") is None


def test_no_draft_gives_way_but_an_old_one(
    world: World, as_member: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DRAFTS_AT_MOST", 2)
    save(world)
    clock.move(days=60)
    save(world, "question")
    with pytest.raises(TooManyDrafts):
        save(world, "material")
    told = as_member(world.teacher).put(
        f"/n/{world.network.slug}/drafts/material", json={"body": PHONE, "sequence": 0}
    )
    assert (told.status_code, "stays on this device" in told.json["error"]) == (413, True)
    save(world, "question", body={"html": ["<p>There is room for what is there</p>"]})
    clock.move(days=40)
    save(world, "material")
    left = [find_draft(world.teacher, kind, "") is not None for kind in ("update", "question", "material")]
    assert left == [False, True, True]
    with pytest.raises(ValueError):
        save(world, "question", body={"body": "x" * 200_000})
