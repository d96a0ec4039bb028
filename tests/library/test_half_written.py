"""What is half written in the library's forms: kept as drafts, ended as it is shared, never lost."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.actions.drafts import find_draft, save_draft
from tests.library.conftest import Make
from tests.support.clients import Client
from tests.support.factories import World

Browser = Callable[[Any], Client]
JSON = {"Accept": "application/json"}
COPY = {"title": "Mine", "changed": "Shorter", "html": "<p>My way</p>", "what": "task", "language": "en"}
COPY |= {"licence": "CC-BY-4.0", "authors": "Cole"}


@pytest.fixture
def forms(world: World, resource: Make) -> dict[str, tuple[str, str, str, dict[str, Any]]]:
    """Name -> address, kind and target of its draft, and what it needs."""
    root = resource()
    here = f"/n/{world.network.slug}/c/{root.id}"
    space = world.commons.id
    return {
        "use": (f"{here}/used", "use", f"about:{root.id}", {"outcome": "worked", "tip": "Slow"}),
        "copy": (f"{here}/adapt", "copy", f"about:{root.id}", {**COPY, "space": space}),
        "ask": (f"/n/{world.network.slug}/library/ask", "request", "", {"title": "Plots", "space": space}),
    }


@pytest.mark.parametrize("name", ["use", "copy", "ask"])
def test_a_draft_ends_in_the_act(world: World, as_member: Browser, forms: Any, name: str) -> None:
    address, kind, target, said = forms[name]
    browser, actor = as_member(world.colleague), world.colleague
    page = browser.get(address).text
    assert f'data-draft="{kind}:{target}"' in page
    assert "data-draft-state" in page
    saved = save_draft(actor, kind, target, {"title": ["Half"]}, sequence=0)
    assert saved is not None
    sent = {**said, "key": "as-it-was-drawn-1", "draft": f"{saved.sequence}:{kind}:{target}"}
    script = JSON | {"Idempotency-Key": "one-posting-1"}
    answer = browser.post(address, data=sent, headers=script)
    assert answer.status_code == 200
    assert find_draft(actor, kind, target) is None
    # after a reload the form has another key; the script has kept its own beside the words
    again = browser.post(address, data=sent | {"key": "as-it-was-drawn-2"}, headers=script)
    assert again.json == answer.json
    thanks = browser.get(answer.json["address"]).text
    assert 'data-focus><div class="banner banner-good" role="status"' in thanks


@pytest.mark.parametrize("name", ["use", "copy", "ask"])
def test_what_is_refused_stays(world: World, as_member: Browser, forms: Any, name: str) -> None:
    address, kind, target, said = forms[name]
    missing = {"use": "outcome", "copy": "changed", "ask": "title"}[name]
    browser, actor = as_member(world.colleague), world.colleague
    save_draft(actor, kind, target, {"title": ["Half"]}, sequence=0)
    sent = {**said, "html": "<p>Still here</p>", "tip": "Still here", missing: ""}
    answer = browser.post(address, data=sent, headers=JSON)
    assert (answer.status_code, list(answer.json["fields"])) == (422, [missing])
    assert answer.json["error"] == answer.json["fields"][missing][0]
    page = browser.post(address, data=sent)
    assert page.status_code == 422
    assert "Still here" in page.text
    assert find_draft(actor, kind, target) is not None


def test_who_is_signed_out_meanwhile_is_told_so(new_client: Callable[[], Client], forms: Any) -> None:
    """The page stays with what was typed; no answer that its script would take for done."""
    for address, _kind, _target, said in forms.values():
        answer = new_client().post(address, data=said, headers=JSON)
        assert answer.status_code == 401
        assert "sign in" in answer.json["error"]
