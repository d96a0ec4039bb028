"""Several files at once: archives are unpacked within bounds, and each file gets its own fields."""

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.queries.standards import named_on
from app.core.files import Refused, StorageFull, unpacking
from app.core.files.models import StoredFile
from app.core.files.sweep import UNKNOWN, sweep_folders
from app.core.previews import process
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


def unpack(source: io.BytesIO, most_files: int = 30) -> tuple[list[tuple[str, bytes]], list[tuple[str, str]]]:
    """What was taken, with its bytes, and what was not, with why; all folders are gone afterwards."""
    with unpacking.unpacked(source, most_files=most_files, most_each=MB) as found:
        taken = [(name, place.read_bytes()) for name, place in found.taken]
    return taken, found.refused


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the folders of single files lie; none is left when the test ends."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Another program in the place of the one that takes archives apart."""
    start = folder / "instead.py"
    start.write_text(f"import os, sys, time, json, pathlib\nfolder = pathlib.Path(sys.argv[3])\n{script}\n")
    monkeypatch.setattr(process, "START", start)


def test_only_plain_files_come_out_and_never_as_paths(world: World, folders: Path) -> None:
    taken, refused = unpack(
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
        )
    )
    assert taken == [("evil.txt", b"one"), ("passwd.txt", b"two"), ("three.txt", b"three")]
    assert [name for name, _reason in refused] == ["more.zip", "large.txt"]
    assert "inside the archive" in refused[0][1]


def test_names_in_old_letters_and_links(world: World, folders: Path) -> None:
    plain = archive({"größe.txt": b"x"})
    content = plain.getvalue().replace(b"\x00\x08", b"\x00\x00")
    assert unpack(io.BytesIO(content)) == ([("größe.txt", b"x")], [])
    taken, refused = unpack(archive({"link.txt": b"/etc/passwd"}, external_attr=0o120777 << 16))
    assert (taken, "link" in refused[0][1]) == ([], True)


def test_a_trap_is_not_unpacked(world: World, folders: Path) -> None:
    with pytest.raises(Refused, match="damaged"):
        unpack(io.BytesIO(b"PK\x03\x04 and nothing more"))
    swelling = archive({f"{number}.txt": b"0" * (MB - 1) for number in range(25)})
    with pytest.raises(Refused, match="far more"):
        unpack(swelling)
    lying = archive({"a.txt": b"0" * 1500}).getvalue()
    lying = lying.replace((1500).to_bytes(4, "little"), (3).to_bytes(4, "little"))
    with pytest.raises(Refused, match="damaged"):
        unpack(io.BytesIO(lying))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_unpacks_more_than_is_asked_for_stays_out(
    world: World, folders: Path, packing: int
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bundle:
        bundle.writestr("a.txt", b"0" * 60_000_000, compress_type=packing)
        bundle.writestr("b.txt", b"Plots")
    size = (60_000_000).to_bytes(4, "little")
    small = made.getvalue().replace(size, (1_000).to_bytes(4, "little"))
    taken, refused = unpack(io.BytesIO(small))
    assert taken == [("b.txt", b"Plots")]
    assert [(name, "ordinary ZIP" in reason) for name, reason in refused] == [("a.txt", True)]


def test_no_archive_is_opened_where_pages_are_served(
    world: World, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = archive({"one.txt": b"Plots"})

    def opened(*_given: Any, **_more: Any) -> None:
        raise AssertionError("opened in this process")

    monkeypatch.setattr(zipfile, "ZipFile", opened)
    assert unpack(sent) == ([("one.txt", b"Plots")], [])


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("os.kill(os.getpid(), 9)", "takes too much"),
        ("time.sleep(600)", "takes too much"),
        ("os.abort()", "damaged"),
        ("", "damaged"),
        ("(folder / 'finding.json').write_text('[[')", "damaged"),
        (
            "(folder / 'finding.json').write_text(json.dumps({'state': 'read', 'taken': ['a.txt']}))",
            "damaged",
        ),
        (
            "(folder / '0').symlink_to('/etc/hostname')\n"
            "(folder / 'finding.json').write_text(json.dumps({'state': 'read', 'taken': ['a.txt']}))",
            "damaged",
        ),
    ],
)
def test_one_that_is_killed_or_lies_leaves_nothing(
    db: Any,
    world: World,
    as_member: Browser,
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    script: str,
    sentence: str,
) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/unpack"
    instead(monkeypatch, tmp_path_factory.mktemp("start"), script)
    if "sleep" in script:
        monkeypatch.setattr(process, "GRACE", 0)
        monkeypatch.setattr(process.bounds, "UNPACK_WALL", 1)
    answer = browser.post(place, data={"file": (archive({"one.txt": b"Plots"}), "week.zip")})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_full_disk_is_said(world: World, folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_run", lambda _arguments, folder, _seconds: 0)
    monkeypatch.setattr(process, "said", lambda _folder: {"state": "full"})
    with pytest.raises(StorageFull):
        unpack(archive({"one.txt": b"Plots"}))


def test_folders_that_were_left_go(folders: Path) -> None:
    old, new = folders / f"{process.FOLDER}old", folders / f"{process.FOLDER}new"
    for each in (old, new):
        each.mkdir()
        (each / "0").write_text("x")
    long_ago = old.stat().st_mtime - UNKNOWN.total_seconds() - 60
    os.utime(old, (long_ago, long_ago))
    assert sweep_folders() == 1
    assert list(folders.iterdir()) == [new]
    shutil.rmtree(new)


def test_more_files_than_a_table_holds(world: World, folders: Path) -> None:
    taken, refused = unpack(archive({f"{number}.txt": b"x" for number in range(5)}), most_files=3)
    assert len(taken) == 3
    assert [name for name, _reason in refused] == ["3.txt", "4.txt"]


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
    table = browser.post(place, data={"file_keys": [one, two]}, follow_redirects=True).text
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
