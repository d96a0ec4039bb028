"""What was begun and not sent is found again above the feed, by its author alone."""

from typing import Any

from app.contributions.actions import save_draft
from app.feed.queries.begun import Begun, begun_of
from tests.support.factories import World, make_group, make_post


def begin(member: Any, kind: str, target: str = "", **said: list[str]) -> None:
    save_draft(member, kind, target, {"space": ["1"], **said}, sequence=0)


def test_a_line_leads_back_to_what_was_begun(world: World, as_member: Any) -> None:
    here = f"/n/{world.network.slug}/"
    browser = as_member(world.teacher)
    assert "feed/begun" not in browser.get(here).text
    begin(world.teacher, "question", title=["Why?"])
    page = browser.get(here).text
    assert f"{here}feed/begun" in page
    assert 'class="begun-comes begun-comes-1"' in page, "what stands below must not move as it comes"
    line = browser.get(f"{here}feed/begun").text
    assert "You began a question" in line
    assert f'href="{here}share/question"' in line
    assert "Why?" not in line
    for other in (world.colleague, world.facilitator):
        assert "feed/begun" not in as_member(other).get(here).text
        assert "began" not in as_member(other).get(f"{here}feed/begun").text
    assert as_member(world.outsider).get(f"{here}feed/begun").status_code == 404


def test_only_what_has_words_is_shown(world: World, clock: Any) -> None:
    begin(world.teacher, "question", title=[""], html=["<div> <br></div>"])
    begin(world.teacher, "reply", "reply:7", text=["Half a reply"])
    assert begun_of(world.teacher) == []
    clock.move(minutes=1)
    begin(world.teacher, "thread", html=["<div>Shall we</div>"])
    clock.move(minutes=1)
    begin(world.teacher, "material", file_keys=["abc"])
    assert [each.kind for each in begun_of(world.teacher)] == ["material", "thread"]


def test_what_it_tells_of_must_still_be_seen(world: World) -> None:
    hidden = make_post(world.colleague, make_group(world, world.colleague, access="secret"), "Secret")
    seen = make_post(world.colleague, world.commons, "Try this")
    for post in (hidden, seen):
        begin(world.teacher, "tried_it", f"about:{post.id}", html=["<div>It went</div>"])
    assert begun_of(world.teacher) == [Begun("tried_it", seen.id, f"tried_it:about:{seen.id}")]
