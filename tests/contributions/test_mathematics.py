"""Formulas in what members share: shown as MathML, kept as typed, read as plain words everywhere else."""

from typing import Any

from app.contributions.models import Contribution
from app.core import text
from tests.support.factories import World, make_post, make_reply

TYPED = r"Three of $\frac{3}{4}$ of them wrote $x^2 \le 9$, for $5."
READ = "Three of 3/4 of them wrote x² ≤ 9, for $5."


def here(world: World, post: Contribution) -> str:
    return f"/n/{world.network.slug}/c/{post.id}"


def test_a_post_shows_them_and_keeps_what_was_typed(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, TYPED)
    assert post.html == text.from_plain(TYPED)
    assert post.text == READ
    page = as_member(world.colleague).get(here(world, post)).text
    assert page.count("<mfrac>") == 1
    assert "<msup>" in page
    assert "for $5." in page


def test_the_feed_and_replies_show_them(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "How do you write it?")
    reply = make_reply(world.colleague, post, TYPED)
    assert reply.text == READ
    feed = as_member(world.neighbour).get(f"/n/{world.network.slug}/").text
    assert "<mfrac>" in feed


def test_whoever_edits_gets_what_was_typed(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, TYPED)
    page = as_member(world.teacher).get(f"{here(world, post)}/edit-post").text
    assert r"\frac{3}{4}" in page
    assert "<mfrac>" not in page.split("<form")[-1]


def test_a_quote_is_of_the_words_as_they_are_read(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, TYPED)
    said = as_member(world.colleague).get(f"{here(world, post)}/words").get_json()
    assert said["text"] == READ


def test_a_script_in_tex_is_a_text(world: World, as_member: Any) -> None:
    post = make_post(
        world.teacher, world.commons, r"$\text{<script>alert(1)</script>}$ $\href{javascript:x}{y}$"
    )
    page = as_member(world.colleague).get(here(world, post)).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
