"""Suggestions: who makes them, what the owner sees and does, and what becomes of them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.contributions.actions import remove_contribution
from app.contributions.models import Contribution, Revision
from app.contributions.queries.standards import named_on
from app.core import doctor, personal
from app.core.command import command
from app.library.models import Resource, ResourceSuggestion
from app.standards.models import Standard
from tests.library.conftest import Make
from tests.standards.conftest import bring, standard
from tests.support.clients import Client
from tests.support.factories import World, make_group

__all__ = ["bring", "standard"]
Browser = Callable[[Any], Client]


def said(root: Contribution, **more: Any) -> dict[str, Any]:
    """The form as it comes, with some of it changed."""
    now = {"title": root.title, "what": "task", "grades": ["7"], "subject": "mathematics", "minutes": "20"}
    return {**now, "language": "en", "needs": "", "tags": "", "driver": "", "word": "", **more}


def bell(browser: Client) -> str:
    return browser.get("/notifications").text


def test_the_owner_takes_one_with_a_tap(
    db: Any, world: World, as_member: Browser, resource: Make, outbox: Any
) -> None:
    root = resource("Box plots", tags=["shoes"])
    here = f"/n/{world.network.slug}/c/{root.id}"
    theirs, mine = as_member(world.colleague), as_member(world.teacher)
    assert "Suggest a change" in theirs.get(here).text
    assert "Suggest a change" not in mine.get(here).text
    form = theirs.get(f"{here}/suggest").text
    assert 'value="Box plots"' in form
    data = said(root, minutes="35", grades=["6", "7"], tags="shoes, data", word="It took us longer")
    assert theirs.post(f"{here}/suggest", data=data).status_code == 303
    one = db.session.scalars(select(ResourceSuggestion)).one()
    assert one.said == {"minutes": 35, "grades": 192, "tags": ["shoes", "data"]}
    assert "You have a suggestion waiting" in theirs.get(f"{here}/suggest").text
    outbox.drain()
    assert "suggests a change to" in bell(mine)
    page = mine.get(here).text
    assert all(
        word in page for word in ("Suggested by colleagues", "It took us longer", "35", "Take it over")
    )
    assert "It took us longer" in theirs.get(here).text
    assert "It took us longer" not in as_member(world.facilitator).get(here).text
    take = f"/n/{world.network.slug}/library/suggestions/{one.id}/take"
    assert theirs.post(take).status_code == 303
    assert db.session.get_one(Resource, root.id).minutes == 20, "it is not theirs to take"
    assert as_member(world.facilitator).post(take).status_code == 404
    assert mine.post(take, data={"read": one.mark}).status_code == 303
    body = db.session.get_one(Resource, root.id)
    assert (body.minutes, body.tags, body.licence) == (35, ["shoes", "data"], "CC-BY-4.0")
    assert db.session.get_one(Contribution, root.id).grades == 192
    assert db.session.scalar(select(Revision.id).where(Revision.contribution_id == root.id)) is not None
    outbox.drain()
    assert "suggests a change to" not in bell(mine)
    assert "took over what you suggested" in bell(theirs)
    page = as_member(world.facilitator).get(here).text
    assert "for what they suggested" in page
    assert world.colleague.name in page
    assert mine.post(take).status_code == 404
    assert doctor.examine() == []


def test_it_can_be_declined_and_taken_back(
    db: Any, world: World, as_member: Browser, resource: Make, outbox: Any
) -> None:
    root = resource("Box plots")
    here = f"/n/{world.network.slug}/c/{root.id}"
    theirs, mine = as_member(world.colleague), as_member(world.teacher)
    assert theirs.post(f"{here}/suggest", data=said(root)).status_code == 422
    assert theirs.post(f"{here}/suggest", data=said(root, title="")).status_code == 422
    assert mine.post(f"{here}/suggest", data=said(root, minutes="5")).status_code == 403
    for minutes in ("5", "6"):
        theirs.post(f"{here}/suggest", data=said(root, minutes=minutes))
    one = db.session.scalars(select(ResourceSuggestion)).one()
    assert one.said == {"minutes": 6}
    base = f"/n/{world.network.slug}/library/suggestions/{one.id}"
    assert theirs.post(f"{base}/withdraw").status_code == 303
    assert db.session.scalars(select(ResourceSuggestion)).all() == []
    theirs.post(f"{here}/suggest", data=said(root, title="Plots in boxes"))
    one = db.session.scalars(select(ResourceSuggestion)).one()
    decline = f"/n/{world.network.slug}/library/suggestions/{one.id}/decline"
    assert mine.post(decline, data={"read": one.mark}).status_code == 303
    assert db.session.get_one(Contribution, root.id).title == "Box plots"
    outbox.drain()
    assert "leaves it as it is" in bell(theirs)
    assert "suggests a change" not in bell(mine)
    assert "for what they suggested" not in mine.get(here).text


def test_taking_leaves_alone_what_was_edited_since(
    db: Any, world: World, as_member: Browser, resource: Make, standard: Callable[[str], Standard]
) -> None:
    root = resource("Box plots")
    here = f"/n/{world.network.slug}/c/{root.id}"
    wanted = [f"{standard('6.RP.A.3').id}:building_towards"]
    data = said(root, title="Plots in boxes", standards=wanted)
    assert as_member(world.colleague).post(f"{here}/suggest", data=data).status_code == 303
    one = db.session.scalars(select(ResourceSuggestion)).one()
    mine = as_member(world.teacher)
    assert "6.RP.A.3" in mine.get(here).text
    edited = said(root, title="Plots", body="Sort.", licence="CC0-1.0", minutes="12", standards="6sp4")
    assert mine.post(f"{here}/edit-resource", data=edited).status_code == 303
    mine.post(f"/n/{world.network.slug}/library/suggestions/{one.id}/take", data={"read": one.mark})
    body = db.session.get_one(Resource, root.id)
    assert (body.minutes, body.licence) == (12, "CC0-1.0")
    assert db.session.get_one(Contribution, root.id).title == "Plots in boxes"
    named = [(pick.standard.code, pick.relation) for pick in named_on([root.id])[root.id]]
    assert named == [("6.SP.B.4", "addressing"), ("6.RP.A.3", "building_towards")]


def test_it_goes_with_the_resource_with_its_maker_and_behind_the_wall(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    group = make_group(world, world.teacher, world.colleague, access="secret")
    root, other = resource("Inside", space=group), resource("Outside")
    base = f"/n/{world.network.slug}/c"
    assert as_member(world.neighbour).get(f"{base}/{root.id}/suggest").status_code == 404
    for one in (root, other):
        as_member(world.colleague).post(f"{base}/{one.id}/suggest", data=said(one, needs="Glue sticks"))
    everything = dict(personal.everything_of(world.colleague.account))
    assert [each["said"] for each in everything[f"library/{world.network.slug}/suggestions.json"]] == [
        {"needs": "Glue sticks"}
    ] * 2
    remove_contribution(world.teacher, root)
    assert len(db.session.scalars(select(ResourceSuggestion)).all()) == 1
    assert doctor.examine() == []
    command(personal.erase)(world.colleague.account, keep_contributions=True)
    assert db.session.scalars(select(ResourceSuggestion)).all() == []


def test_what_was_suggested_anew_is_read_before_it_is_answered(
    db: Any, world: World, as_member: Browser, resource: Make, clock: Any
) -> None:
    root = resource("Box plots")
    here = f"/n/{world.network.slug}/c/{root.id}"
    theirs, mine = as_member(world.colleague), as_member(world.teacher)
    theirs.post(f"{here}/suggest", data=said(root, title="Better box plots"))
    one = db.session.scalars(select(ResourceSuggestion)).one()
    base, read = f"/n/{world.network.slug}/library/suggestions/{one.id}", one.mark
    assert f'name="read" value="{read}"' in mine.get(here).text
    theirs.post(f"{here}/suggest", data=said(root, title="Nobody read this"))
    for verb in ("take", "decline"):
        for mark in (read, ""):
            refused = mine.post(f"{base}/{verb}", data={"read": mark})
            assert refused.status_code == 409
            assert "suggested differently meanwhile" in refused.text
            assert "Nobody read this" in refused.text, "the new words are there to read"
    assert db.session.get_one(Contribution, root.id).title == "Box plots"
    db.session.refresh(one)
    assert one.state == "open"
    assert f'name="read" value="{one.mark}"' in refused.text
    assert mine.post(f"{base}/take", data={"read": one.mark}).status_code == 303
    assert db.session.get_one(Contribution, root.id).title == "Nobody read this"
