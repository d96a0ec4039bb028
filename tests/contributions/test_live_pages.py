"""What pages give their script: the viewer's own, where streams begin, a fresh card, a reply's place."""

import json
import re
from typing import Any

from app.contributions.actions import react
from app.contributions.queries.replies import ON_A_PAGE
from app.contributions.routes.answers import ABOVE
from tests.support.factories import World, make_group, make_post, make_reply


def mine(page: str) -> dict[str, Any]:
    """What the page says is the viewer's own."""
    found = re.search(r"<data class=\"mine\" hidden value='([^']*)'", page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_the_feed_says_what_is_one_s_own_replies_on_cards_too(world: World, as_member: Any) -> None:
    root = make_post(world.colleague, world.commons)
    thanked, own = make_reply(world.colleague, root), make_reply(world.teacher, root)
    react(world.teacher, thanked, "thanks")
    for headers in ({}, {"HX-Request": "true"}):
        said = mine(as_member(world.teacher).get(f"/n/{world.network.slug}/", headers=headers).text)
        assert said["me"] == world.teacher.id
        assert said["mine"]["authored"] == [own.id]
        assert said["mine"]["reactions"] == {str(thanked.id): ["thanks"]}
        assert said["streams"][f"contribution:{root.id}"] == 3
        assert said["streams"][f"space:{world.commons.id}"] == 1


def test_a_card_can_be_asked_for_again(world: World, as_member: Any) -> None:
    root = make_post(world.colleague, world.commons)
    react(world.teacher, root, "learned")
    fresh = as_member(world.teacher).get(f"/n/{world.network.slug}/c/{root.id}/fresh")
    assert f'id="c-{root.id}"' in fresh.text
    assert mine(fresh.text)["mine"]["reactions"] == {str(root.id): ["learned"]}
    hidden = make_post(world.colleague, make_group(world, world.colleague, access="secret"))
    refused = as_member(world.teacher).get(f"/n/{world.network.slug}/c/{hidden.id}/fresh")
    assert refused.status_code == 404


def test_a_link_to_an_older_reply_brings_the_page_that_has_it(world: World, as_member: Any) -> None:
    root = make_post(world.colleague, world.commons)
    replies = [make_reply(world.teacher, root, f"Number {n}") for n in range(ON_A_PAGE + ABOVE + 5)]
    browser = as_member(world.colleague)
    old, new = replies[ABOVE + 1], replies[-1]
    at = browser.get(f"/n/{world.network.slug}/c/{old.id}").headers["Location"]
    assert at.endswith(f"/c/{root.id}?after={old.position - ABOVE}#reply-{old.id}")
    page = browser.get(at).text
    assert f'id="reply-{old.id}"' in page
    assert "data-later" in page, "what is new is said to be elsewhere"
    assert (
        browser.get(f"/n/{world.network.slug}/c/{new.id}")
        .headers["Location"]
        .endswith(f"/c/{root.id}#reply-{new.id}")
    )
