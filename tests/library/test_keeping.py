"""Files that are taken away, sources that are gone, shelves by standard, and what a search line shows."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.contributions.actions import remove_contribution
from app.contributions.models import Attachment, Contribution, Revision
from app.core import doctor, personal
from app.core.command import command
from app.core.files.models import StoredFile
from app.library import facts_for_search, words_for_search
from app.library.actions import Said, adapt, add_version
from app.library.models import Adaptation, ResourceVersion
from app.library.queries import sources_of
from app.search.queries.findable import contribution_documents
from app.standards.models import Standard
from tests.library.conftest import BODY, Make, upload
from tests.library.test_pages import fields
from tests.standards.conftest import bring, standard
from tests.support.clients import Client
from tests.support.factories import World, make_group

__all__ = ["bring", "standard"]
Browser = Callable[[Any], Client]


def test_a_wrong_upload_is_gone_at_every_door(
    db: Any, world: World, as_member: Browser, resource: Make, outbox: Any
) -> None:
    root = resource("Plots", files=2, words="")
    mine, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    wrong, right = (file["key"] for file in root.card["files"])
    add_version(world.teacher, root, note="Without names", keep=[right])
    add_version(world.teacher, root, note="Again", keep=[right])
    assert "Take it away" in mine.get(f"{place}/versions/1").text
    assert "Take it away" not in as_member(world.colleague).get(f"{place}/versions/1").text
    said = {"file": wrong}
    assert as_member(world.colleague).post(f"{place}/versions/1/take-away", data=said).status_code == 403
    assert mine.post(f"{place}/versions/2/take-away", data=said).status_code == 404
    mine.post(f"{place}/versions/1/take-away", data={"file": right})
    assert mine.get(f"/files/{right}").status_code == 200, "the newest version has it"
    assert mine.post(f"{place}/versions/1/take-away", data=said).status_code == 303
    page = as_member(world.colleague).get(f"{place}/versions/1").text
    assert "was taken away" in page
    assert "plots-0.txt" not in page
    assert "A file of this version was taken away" in as_member(world.colleague).get(place).text
    for path in (f"/files/{wrong}", f"/n/{world.network.slug}/files/{wrong}"):
        assert mine.get(path).status_code == 404
    assert db.session.scalar(select(StoredFile.id).where(StoredFile.key == wrong)) is None
    assert not any(wrong in str(one.card) for one in db.session.scalars(select(Revision)))
    assert len(db.session.scalars(select(Attachment)).all()) == 1
    counts = select(ResourceVersion.files_taken).order_by(ResourceVersion.number)
    assert db.session.scalars(counts).all() == [1, 0, 0]
    assert mine.post(f"{place}/versions/1/restore").status_code == 303
    outbox.drain()
    assert doctor.examine() == []


def test_nothing_is_left_to_bring_back(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource("Plots", files=1, words="")
    mine, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    fresh = upload(world, world.teacher, "better.txt")
    add_version(world.teacher, root, note="Better", file_keys=[fresh])
    key = db.session.scalars(select(StoredFile.key).order_by(StoredFile.id)).first()
    assert "Bring this version back" in mine.get(f"{place}/versions/1").text
    mine.post(f"{place}/versions/1/take-away", data={"file": key})
    assert "Bring this version back" not in mine.get(f"{place}/versions/1").text
    assert mine.post(f"{place}/versions/1/restore").status_code == 403


def copied(world: World, source: Contribution) -> Contribution:
    said = Said("Hat plots", "<p>Hats.</p>", {**BODY, "licence": "CC-BY-SA-4.0", "authors": "Cora Colleague"})
    return adapt(world.colleague, [source], world.commons, said, changed="Hats")


def test_the_line_of_a_copy_outlives_the_author_of_its_source(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    copy = copied(world, resource("Shoe plots", licence="CC-BY-SA-4.0"))
    kept = db.session.scalars(select(Adaptation)).one()
    assert (kept.source_title, kept.source_authors) == ("Shoe plots", "Tess Teacher")
    command(personal.erase)(world.teacher.account, keep_contributions=False)
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/c/{copy.id}").text
    assert "Adapted from “Shoe plots”, Tess Teacher, CC BY-SA 4.0" in page
    assert "that you cannot open now" not in page
    assert sources_of(copy.id) == ["CC-BY-SA-4.0"]
    form = as_member(world.colleague).get(f"/n/{world.network.slug}/c/{copy.id}/edit-resource").text
    assert '<option value="CC-BY-4.0"' not in form


def test_what_was_only_taken_back_is_not_named(world: World, as_member: Browser, resource: Make) -> None:
    source = resource("Shoe plots", licence="CC-BY-SA-4.0")
    copy = copied(world, source)
    remove_contribution(world.teacher, source)
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/c/{copy.id}").text
    assert "Shoe plots" not in page
    assert "One more that you cannot open now" in page


def test_shelves_are_narrowed_by_standard(
    world: World, as_member: Browser, resource: Make, standard: Callable[[str], Standard]
) -> None:
    found, above = standard("6.SP.B.4"), standard("6.SP.B")
    hidden, mine = make_group(world, world.teacher, access="secret"), as_member(world.teacher)
    for one, code in ((resource("Shoes"), "6sp4"), (resource("Secret", space=hidden), "6.RP.A.3")):
        data = fields(world, title=one.title, body="Sort.", standards=code)
        assert mine.post(f"/n/{world.network.slug}/c/{one.id}/edit-resource", data=data).status_code == 303
    resource("Hats")
    shelf, theirs = f"/n/{world.network.slug}/library/", as_member(world.colleague)
    page = theirs.get(shelf).text
    assert f'<option value="{found.id}">6.SP.B.4' in page
    assert "6.RP.A.3" not in page, "nothing that they see names it"
    for chosen in (found, above):
        page = theirs.get(f"{shelf}?standard={chosen.id}").text
        assert "Shoes" in page
        assert "Hats" not in page
    assert "Shoes" in theirs.get(f"{shelf}?standard=nonsense").text
    assert "Shoes" not in theirs.get(f"{shelf}?standard=99999999").text
    group = f"/n/{world.network.slug}/groups/{hidden.slug}/materials"
    assert "6.RP.A.3" in mine.get(group).text


def test_a_found_resource_shows_what_its_card_shows(resource: Make) -> None:
    root = resource("Plots", needs="Glue", tags=["shoes"], files=1)
    assert words_for_search(root) == "Sort the shoes first. · Glue · Tess Teacher · shoes · plots-0.txt"
    assert facts_for_search(root) == ("Task", "Grade 7", "20 min")
    root.card = {**root.card, "uses": {"schools": 2, "worked": 3}}
    assert facts_for_search(root)[-1] == "Used in 2 schools"


def test_search_knows_a_copy(world: World, resource: Make) -> None:
    source = resource(files=1)
    copy = copied(world, source)
    documents = {each.owner: each for each in contribution_documents([source.id, copy.id])}
    assert documents[f"contribution:{source.id}"].marks["has"] == ("file",)
    assert "copy" in documents[f"contribution:{copy.id}"].marks["has"]
