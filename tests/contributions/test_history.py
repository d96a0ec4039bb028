"""What it said before: who sees it, and taking it away for good."""

from typing import Any

import pytest

from app.contributions import actions
from app.contributions.actions.holding import EDIT_ASKED
from app.contributions.policy import what_can
from app.contributions.queries import history_of
from app.core.access import Forbidden, NotFound
from app.core.db import db
from app.library.actions import Said, add_resource, add_version, take_resource_version_away
from app.library.actions.versions import StillUsed
from app.library.queries import versions_of
from app.networks.actions import set_sealing
from app.networks.models import Member
from tests.contributions.test_staying import BODY
from tests.support.factories import World, make_post


def seen(viewer: Member, post: Any) -> list[str]:
    return [revision.html for revision in history_of(viewer, post)]


def test_what_was_edited_on_request_is_its_authors_alone(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "first")
    actions.edit_contribution(world.teacher, post, html="<p>Maria Lopez got 42</p>")
    actions.hold(post, reason=EDIT_ASKED)
    actions.edit_contribution(world.teacher, post, html="<p>One got 42</p>")
    actions.restore(post)
    assert seen(world.colleague, post) == seen(world.facilitator, post) == []
    assert seen(world.teacher, post) == ["<p>Maria Lopez got 42</p>", "<p>first</p>"]
    actions.edit_contribution(world.teacher, post, html="<p>Later</p>")
    assert seen(world.colleague, post) == ["<p>One got 42</p>"]
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/c/{post.id}/history").text
    assert "One got 42" in page
    assert "Maria" not in page


def test_of_a_sealed_one_others_see_nothing(world: World, as_member: Any) -> None:
    set_sealing(world.director, world.network, allowed=True)
    post = make_post(world.teacher, world.commons, "In room 12", kind="question", title="Q", sealed=True)
    actions.edit_contribution(world.teacher, post, html="<p>In a room</p>")
    assert not what_can(world.principal, post).see_history
    assert what_can(world.teacher, post).see_history
    where = f"/n/{world.network.slug}/c/{post.id}/history"
    assert "room 12" not in as_member(world.principal).get(where).text
    assert "room 12" in as_member(world.teacher).get(where).text
    assert "/history" not in as_member(world.principal).get(where.removesuffix("/history")).text


def test_an_earlier_version_is_taken_away_for_good(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "Maria Lopez")
    actions.edit_contribution(world.teacher, post, html="<p>One</p>")
    (revision,) = history_of(world.teacher, post)
    with pytest.raises(Forbidden):
        actions.take_version_away(world.facilitator, post, revision.id)
    other = make_post(world.teacher, world.commons, "other")
    with pytest.raises(NotFound):
        actions.take_version_away(world.teacher, other, revision.id)
    here = f"/n/{world.network.slug}/c/{post.id}/history"
    assert as_member(world.teacher).post(f"{here}/{revision.id}/take-away").status_code == 303
    db.session.expire_all()
    page = as_member(world.colleague).get(here).text
    assert "Maria" not in page
    assert "took this version away" in page


def test_a_version_of_a_resource_goes_with_its_words(world: World, as_member: Any) -> None:
    one = add_resource(world.teacher, world.commons, Said("t", "<p>Maria Lopez</p>", BODY))
    add_version(world.teacher, one, note="Maria left out", html="<p>One</p>")
    with pytest.raises(Forbidden):
        take_resource_version_away(world.colleague, one, 1)
    with pytest.raises(StillUsed):
        take_resource_version_away(world.teacher, one, 2)
    here = f"/n/{world.network.slug}/c/{one.id}"
    assert as_member(world.teacher).post(f"{here}/versions/1/take-version-away").status_code == 303
    db.session.expire_all()
    theirs = as_member(world.colleague)
    assert "Maria Lopez" not in theirs.get(f"{here}/versions/1").text + theirs.get(f"{here}/history").text
    assert [version.html for version in versions_of(world.colleague, one)] == ["<p>One</p>", ""]


def test_what_goes_from_the_history_goes_from_the_versions(world: World) -> None:
    one = add_resource(world.teacher, world.commons, Said("t", "<p>Maria Lopez</p>", BODY))
    add_version(world.teacher, one, note="", html="<p>One</p>")
    (revision,) = history_of(world.teacher, one)
    actions.take_version_away(world.teacher, one, revision.id)
    assert [version.html for version in versions_of(world.colleague, one)] == ["<p>One</p>", ""]
