"""Several files at once: archives are unpacked within bounds, and each file gets its own fields."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.queries.standards import named_on
from app.core.files import Refused, unpacking
from app.core.files.models import StoredFile
from app.library.models import Resource
from app.standards.models import Standard
from tests.library.conftest import upload
from tests.standards.conftest import bring, standard
from tests.support.clients import Client
from tests.support.factories import World, make_group

__all__ = ["bring", "standard"]
Browser = Callable[[Any], Client]
MB = 1024 * 1024


def archive(entries: dict[str, bytes], **info: Any) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(entry, key, value)
            bundle.writestr(entry, content)
    made.seek(0)
    return made


def unpack(source: io.BytesIO, folder: Path, most_files: int = 30) -> unpacking.Unpacked:
    return unpacking.unpack(source, folder, most_files=most_files, most_each=MB)


def test_only_plain_files_come_out_and_never_as_paths(tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    found = unpack(
        archive(
            {
                "../../evil.txt": b"one",
                "/etc/passwd.txt": b"two",
                "C:\\week\\three.txt": b"three",
                "__MACOSX/._one.txt": b"junk",
                "week/.DS_Store": b"junk",
                "Thumbs.db": b"junk",
                "week/": b"",
                "more.zip": b"PK",
                "large.txt": b"x" * (MB + 1),
            }
        ),
        folder,
    )
    assert [name for name, _place in found.taken] == ["evil.txt", "passwd.txt", "three.txt"]
    assert [place.read_bytes() for _name, place in found.taken] == [b"one", b"two", b"three"]
    assert [name for name, _reason in found.refused] == ["more.zip", "large.txt"]
    assert "inside the archive" in found.refused[0][1]
    assert sorted(place.name for place in folder.iterdir()) == ["0", "1", "2"]
    assert sorted(place.name for place in tmp_path.iterdir()) == ["inside"]


def test_names_in_old_letters_and_links(tmp_path: Path) -> None:
    plain = archive({"größe.txt": b"x"})
    content = plain.getvalue().replace(b"\x00\x08", b"\x00\x00")
    found = unpack(io.BytesIO(content), tmp_path)
    assert [name for name, _place in found.taken] == ["größe.txt"]
    found = unpack(archive({"link.txt": b"/etc/passwd"}, external_attr=0o120777 << 16), tmp_path)
    assert found.taken == []
    assert "link" in found.refused[0][1]


def test_a_trap_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="damaged"):
        unpack(io.BytesIO(b"PK\x03\x04 and nothing more"), tmp_path)
    monkeypatch.setattr(unpacking, "_RATIO_FROM", 1000)
    with pytest.raises(Refused, match="far more"):
        unpack(archive({"bomb.txt": b"0" * MB}), tmp_path)
    monkeypatch.setattr(unpacking, "_RATIO_FROM", 10 * MB)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 2000)
    with pytest.raises(Refused, match="far more"):
        unpack(archive({"a.txt": b"0" * 1500, "b.txt": b"1" * 1500}), tmp_path)
    lying = archive({"a.txt": b"0" * 1500}).getvalue()
    lying = lying.replace((1500).to_bytes(4, "little"), (3).to_bytes(4, "little"))
    with pytest.raises(Refused, match="damaged"):
        unpack(io.BytesIO(lying), tmp_path)


def test_more_files_than_a_table_holds(tmp_path: Path) -> None:
    found = unpack(archive({f"{number}.txt": b"x" for number in range(5)}), tmp_path, most_files=3)
    assert len(found.taken) == 3
    assert [name for name, _reason in found.refused] == ["3.txt", "4.txt"]


def test_an_archive_is_sent_like_a_file(db: Any, world: World, as_member: Browser) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/unpack"
    sent = archive({"week/one.txt": b"Plots", "page.html": b"<html><script>", "fake.pdf": b"no"})
    said = browser.post(place, data={"file": (sent, "week 1.zip")}).json
    assert [each["name"] for each in said["unpacked"]] == ["one.txt"]
    assert [each["name"] for each in said["refused"]] == ["page.html", "fake.pdf"]
    kept = db.session.scalars(select(StoredFile)).one()
    assert (kept.key, kept.attached_at) == (said["unpacked"][0]["key"], None)
    alone = browser.post(place, data={"file": (io.BytesIO(b"Plots"), "two.txt")}).json
    assert alone["name"] == "two.txt"
    answer = browser.post(place, data={"file": (io.BytesIO(b"PK\x03\x04 broken"), "x.zip")})
    assert (answer.status_code, "damaged" in answer.text) == (422, True)
    assert as_member(world.outsider).post(place).status_code == 404


def resources(db: Any) -> list[Contribution]:
    query = select(Contribution).where(Contribution.kind == "resource").order_by(Contribution.id)
    return list(db.session.scalars(query))


def test_each_file_says_what_is_its_own(
    db: Any, world: World, as_member: Browser, standard: Callable[[str], Standard]
) -> None:
    group, ratios = make_group(world, world.teacher), standard("6.RP.A.3")
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/many"
    names = ("exit_ticket_grade_6_10_min.txt", "ratio-slides 6.RP.A.3.txt")
    one, two = (upload(world, world.teacher, name) for name in names)
    table = browser.post(place, data={"file_keys": [one, two]}).text
    assert 'value="Exit ticket grade 6 10 min"' in table
    assert f'value="{ratios.id}:addressing"' in table, "offered, and not chosen"
    assert resources(db) == []
    rows = {
        f"{one}.title": "Tickets",
        f"{two}.title": "",
        f"{one}.what": "assessment",
        f"{two}.what": "slides",
    }
    usual = {"file_keys": [one, two], "filled": "1", "space": world.commons.id, "grades": ["7"]}
    usual |= {"licence": "CC0-1.0", "language": "en", "standards": "6sp4"}
    refused = browser.post(place, data={**usual, **rows})
    assert (refused.status_code, "Every file needs a title" in refused.text) == (422, True)
    assert 'value="Tickets"' in refused.text
    rows |= {f"{two}.title": "Slides", f"{one}.grades": ["6"], f"{one}.minutes": "10"}
    rows |= {f"{two}.licence": "CC-BY-SA-4.0", f"{two}.space": str(group.id), f"{two}.standards": "6.RP.A.3"}
    assert browser.post(place, data={**usual, **rows}).status_code == 303
    tickets, slides = resources(db)
    assert (tickets.title, tickets.grades, tickets.space_id) == ("Tickets", 64, world.commons.id)
    assert (slides.title, slides.grades, slides.space_id) == ("Slides", 128, group.id)
    bodies = [db.session.get_one(Resource, each.id) for each in (tickets, slides)]
    assert [(each.minutes, each.licence) for each in bodies] == [(10, "CC0-1.0"), (None, "CC-BY-SA-4.0")]
    named = named_on([tickets.id, slides.id])
    assert [pick.standard.code for pick in named[tickets.id]] == ["6.SP.B.4"]
    assert {pick.standard.code for pick in named[slides.id]} == {"6.RP.A.3", "6.SP.B.4"}
    assert browser.post(place, data={**usual, **rows}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 2


def test_a_table_is_all_or_nothing(db: Any, world: World, as_member: Browser) -> None:
    elsewhere = make_group(world, world.colleague)
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/many"
    key = upload(world, world.teacher)
    said = {
        "filled": "1",
        "file_keys": key,
        f"{key}.title": "Plots",
        f"{key}.what": "task",
        "licence": "CC0-1.0",
    }
    said |= {"language": "en", "space": str(world.commons.id)}
    assert browser.post(place, data={**said, f"{key}.space": str(elsewhere.id)}).status_code == 422
    assert browser.post(place, data={**said, f"{key}.licence": "nothing"}).status_code == 422
    assert browser.post(place, data={**said, f"{key}.minutes": "many"}).status_code == 422
    assert resources(db) == []
