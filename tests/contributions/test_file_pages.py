"""A file seen without downloading it: what the page shows of each state, and who may ask for more."""

from io import BytesIO
from typing import Any

import pytest

from app.core import previews
from app.core.files import files
from app.core.files.models import StoredFile
from tests.core.files.samples import PDF, multipart
from tests.core.previews import samples
from tests.support.factories import World, make_post

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def shared(world: World, content: bytes, name: str, media_type: str) -> StoredFile:
    stored = files.put(
        BytesIO(content),
        name=name,
        media_type=media_type,
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )
    make_post(world.teacher, world.commons, "For you", title="Ours", kind="material", file_keys=[stored.key])
    return stored


def look(world: World, browser: Any, stored: StoredFile, rest: str = "") -> str:
    answer = browser.get(f"/n/{world.network.slug}/files/{stored.key}{rest}")
    assert answer.status_code == 200
    return str(answer.text).split("<main")[1].split("</main>")[0]


def test_words_are_escaped_and_sections_follow_one_another(world: World, as_member: Any) -> None:
    stored = shared(world, samples.word(), "<b>plan.docx", DOCX)
    browser = as_member(world.colleague)
    assert "The preview is being made" in look(world, browser, stored)
    previews.catch_up()
    page = look(world, browser, stored)
    assert "&lt;b&gt;plan.docx" in page
    assert "Part 1 of 2" in page
    assert "?page=2#look" in page
    assert "The median cuts the data in two." in page
    for beyond in ("?page=99", "?page=2", "?page=x&page=2"):
        assert ("Part 2 of 2" in look(world, browser, stored, beyond)) is (beyond != "?page=x&page=2")
    assert "<td>41</td>" in look(world, browser, stored, "?page=2")


def test_what_stands_in_a_file_is_never_html(world: World, as_member: Any) -> None:
    stored = shared(world, b"<img src=x onerror=alert(1)>,b\n1,2\n", "a.csv", "text/csv")
    previews.catch_up()
    page = look(world, as_member(world.colleague), stored)
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_what_cannot_be_shown_says_why_and_can_be_downloaded(world: World, as_member: Any) -> None:
    stored = shared(world, samples.locked_office(), "plan.docx", DOCX)
    previews.catch_up()
    page = look(world, as_member(world.colleague), stored)
    assert "password-protected" in page
    assert f'href="/files/{stored.key}"' in page


@pytest.mark.parametrize(("state", "words"), [("quarantined", "being checked"), ("refused", "kept closed")])
def test_what_is_kept_closed_says_so_and_opens_nowhere(
    world: World, as_member: Any, db: Any, state: str, words: str
) -> None:
    stored = shared(world, samples.pdf(["A rhombus"]), "plan.pdf", "application/pdf")
    previews.catch_up()
    stored.state = state
    db.session.commit()
    browser = as_member(world.colleague)
    page = look(world, browser, stored)
    assert words in page
    assert f'href="/files/{stored.key}"' not in page
    assert [browser.get(f"/files/{stored.key}{rest}").status_code for rest in ("", "/thumb", "/page/1")] == [
        404
    ] * 3


def test_macros_are_said(world: World, as_member: Any, db: Any) -> None:
    stored = shared(world, samples.word(), "plan.docx", DOCX)
    stored.has_macros = True
    db.session.commit()
    assert "contains macros" in look(world, as_member(world.colleague), stored)


def test_a_page_that_is_none_and_a_stranger_get_404(world: World, as_member: Any) -> None:
    stored = shared(world, samples.pdf(["A rhombus"]), "plan.pdf", "application/pdf")
    previews.catch_up()
    colleague = as_member(world.colleague)
    picture = colleague.get(f"/files/{stored.key}/page/1")
    assert (picture.status_code, picture.mimetype) == (200, "image/webp")
    assert picture.headers["Cache-Control"] == "private, no-cache"
    assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert colleague.get(f"/files/{stored.key}/page/2").status_code == 404
    stranger = as_member(world.outsider)
    for path in (f"/files/{stored.key}/page/1", f"/files/{stored.key}/thumb"):
        assert stranger.get(path).status_code == 404
    assert colleague.get(f"/n/{world.network.slug}/files/{'x' * 27}").status_code == 404


def test_only_who_uploaded_it_has_names_taken_out(world: World, as_member: Any, db: Any) -> None:
    stored = shared(world, samples.word(author="Ana Ruiz"), "plan.docx", DOCX)
    previews.catch_up()
    address = f"/n/{world.network.slug}/files/{stored.key}/strip"
    assert "Take the names out" not in look(world, as_member(world.colleague), stored)
    assert as_member(world.colleague).post(address).status_code == 403
    before = stored.sha256
    mine = as_member(world.teacher)
    assert "Take the names out" in look(world, mine, stored)
    assert mine.post(address).status_code == 303
    db.session.refresh(stored)
    assert stored.sha256 != before
    assert stored.reading == "waiting"


def test_a_network_without_room_says_so(
    app: Any, world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "STORAGE_PER_NETWORK_BYTES", len(PDF))
    browser, address = as_member(world.teacher), f"/n/{world.network.slug}/uploads"
    assert browser.post(address, **multipart("file", PDF, "plan.pdf")).status_code == 200
    answer = as_member(world.colleague).post(address, **multipart("file", PDF, "plan.pdf"))
    assert answer.status_code == 422
    assert "all of its room" in answer.text
    page = as_member(world.director).get(f"/n/{world.network.slug}/settings/").text
    assert "The files of this network take up" in page
