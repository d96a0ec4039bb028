"""Files from upload to download: kept whole or not at all, opened only by whom the scope allows."""

import errno
import os
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from app.core import clock, jobs
from app.core.command import command
from app.core.db import WroteWhileWriting, db
from app.core.drain import drain_all
from app.core.files import Missing, Refused, StorageFull, files, service
from app.core.files import sweep as sweep_module
from app.core.files.errors import QuotaFull
from app.core.files.local import LocalFiles
from app.core.files.models import StoredFile
from app.core.files.port import is_key, new_key
from app.core.files.sweep import sweep
from tests.core.files.samples import PDF, picture

OWNER, OUTSIDER = {"X-Somebody": "1"}, {"X-Somebody": "2"}


@pytest.fixture(autouse=True)
def _rules(in_app: Flask) -> None:
    files.allow("test", lambda account, stored: account.is_authenticated and account.id == stored.uploader_id)


def upload(
    content: bytes = PDF, name: str = "Plan – ½.pdf", media_type: str = "application/pdf"
) -> StoredFile:
    storage = FileStorage(BytesIO(content), filename=name, content_type=media_type)
    return files.receive(storage, scope="test", network_id=3, uploader_id=1)


def blobs(app: Flask) -> list[Path]:
    return [path for path in Path(app.config["FILES_DIR"]).rglob("*") if path.is_file()]


def test_an_upload_is_kept_and_described(in_app: Flask) -> None:
    stored = upload()
    assert is_key(stored.key)
    assert (stored.name, stored.size, stored.state) == ("Plan – ½.pdf", len(PDF), "ready")
    with files.open(stored.key) as blob:
        assert blob.read() == PDF
    assert blobs(in_app)[0].parent.parent.parent == in_app.config["FILES_DIR"]


def test_a_refused_upload_leaves_nothing(in_app: Flask) -> None:
    with pytest.raises(Refused):
        upload(b"MZ" + b"\x00" * 50, "x.pdf")
    assert not blobs(in_app)
    assert db.session.query(StoredFile).count() == 0


def test_the_owner_opens_it_and_the_outsider_gets_404(in_app: Flask) -> None:
    url = f"/files/{upload().key}"
    client = in_app.test_client()
    answer = client.get(url, headers=OWNER)
    assert answer.data == PDF
    assert client.get(url, headers=OUTSIDER).status_code == 404
    assert client.get(url).status_code == 404
    assert client.get(f"/files/{new_key()}", headers=OWNER).status_code == 404
    assert client.get("/files/..%2f..%2fetc%2fpasswd", headers=OWNER).status_code == 404


@pytest.mark.parametrize("change", [{"scope": "no-such-scope"}, {"state": "refused"}, {"state": "pending"}])
def test_no_rule_or_not_ready_means_no(in_app: Flask, change: dict[str, Any]) -> None:
    stored = upload()
    for name, value in change.items():
        setattr(stored, name, value)
    db.session.commit()
    assert in_app.test_client().get(f"/files/{stored.key}", headers=OWNER).status_code == 404


def test_headers_of_a_download(in_app: Flask) -> None:
    answer = in_app.test_client().get(f"/files/{upload().key}", headers=OWNER)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Plan%20%E2%80%93%20%C2%BD.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Length"] == str(len(PDF))
    shown = in_app.test_client().get(f"/files/{upload(picture(), 'b.jpg', 'image/jpeg').key}", headers=OWNER)
    assert shown.headers["Content-Disposition"].startswith("inline; ")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, PDF[:4]),
        ("bytes=5-", 206, PDF[5:]),
        ("bytes=-6", 206, PDF[-6:]),
        ("bytes=0-999999", 206, PDF),
        ("bytes=0-1,3-4", 200, PDF),
        ("lines=1-2", 200, PDF),
        ("bytes=nonsense", 200, PDF),
        ("bytes=99999-", 416, b""),
    ],
)
def test_ranges(in_app: Flask, asked: str, status: int, part: bytes) -> None:
    answer = in_app.test_client().get(f"/files/{upload().key}", headers={**OWNER, "Range": asked})
    assert (answer.status_code, answer.data) == (status, part)
    if status == 206:
        assert answer.headers["Content-Range"].endswith(f"/{len(PDF)}")


def test_a_range_of_what_was_there_before(in_app: Flask) -> None:
    """`If-Range` with the tag of now gives the part, with another one the whole file."""
    client, url = in_app.test_client(), f"/files/{upload().key}"
    tag = client.get(url, headers=OWNER).headers["ETag"]
    part = client.get(url, headers={**OWNER, "Range": "bytes=0-3", "If-Range": tag})
    assert (part.status_code, part.data) == (206, PDF[:4])
    whole = client.get(url, headers={**OWNER, "Range": "bytes=0-3", "If-Range": '"another"'})
    assert (whole.status_code, whole.data) == (200, PDF)


def test_a_head_request_sends_no_body(in_app: Flask) -> None:
    answer = in_app.test_client().head(f"/files/{upload().key}", headers=OWNER)
    assert (answer.data, answer.headers["Content-Length"]) == (b"", str(len(PDF)))


def test_small_pictures_are_made_by_the_worker_and_asked_for_again(in_app: Flask) -> None:
    stored = upload(picture("JPEG", (900, 600)), "board.jpg", "image/jpeg")
    client, url = in_app.test_client(), f"/files/{stored.key}/thumb"
    assert client.get(url, headers=OWNER).mimetype == "image/jpeg"
    drain_all()
    answer = client.get(url, headers=OWNER)
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(url, headers={**OWNER, **again}).status_code == 304
    assert client.get(url, headers={**OUTSIDER, **again}).status_code == 404
    assert client.get(f"/files/{upload().key}/thumb", headers=OWNER).status_code == 404


def test_a_desk_gets_a_larger_picture_where_there_is_one(in_app: Flask) -> None:
    large, little = (
        upload(picture("JPEG", size), "board.jpg", "image/jpeg") for size in ((2000, 1000), (300, 200))
    )
    drain_all()
    client = in_app.test_client()

    def width(key: str, size: str) -> int:
        answer = client.get(f"/files/{key}/{size}", headers=OWNER)
        assert answer.mimetype == "image/webp"
        return Image.open(BytesIO(answer.data)).width

    assert (width(large.key, "thumb"), width(large.key, "preview")) == (480, 1280)
    assert (width(little.key, "thumb"), width(little.key, "preview")) == (300, 300)
    assert client.get(f"/files/{large.key}/preview", headers=OUTSIDER).status_code == 404
    assert len(blobs(in_app)) == 5
    long_ago = time.time() - 2 * 86_400
    for path in blobs(in_app):
        os.utime(path, (long_ago, long_ago))
    assert sweep() == 0
    assert len(blobs(in_app)) == 5
    files.delete(large.key)
    drain_all()
    assert len(blobs(in_app)) == 2


def test_making_a_thumbnail_twice_keeps_one(in_app: Flask) -> None:
    stored = upload(picture(), "board.jpg", "image/jpeg")
    first = files.make_thumbnail(stored.id)
    assert files.make_thumbnail(stored.id) == first
    drain_all()
    assert len(blobs(in_app)) == 2


def test_deleting_takes_row_bytes_and_thumbnail(in_app: Flask) -> None:
    stored = upload(picture(), "board.jpg", "image/jpeg")
    drain_all()
    files.delete(stored.key)
    drain_all()
    assert not blobs(in_app)
    files.delete(stored.key)
    assert in_app.test_client().get(f"/files/{stored.key}", headers=OWNER).status_code == 404


def test_a_row_without_bytes_is_a_404(in_app: Flask) -> None:
    stored = upload()
    files.store.delete(stored.key)
    assert in_app.test_client().get(f"/files/{stored.key}", headers=OWNER).status_code == 404
    with pytest.raises(Missing):
        files.open(stored.key)


def test_no_byte_moves_inside_a_write_transaction() -> None:
    @command
    def hasty() -> None:
        upload()

    with pytest.raises(WroteWhileWriting):
        hasty()


def test_a_full_disk_is_said_kindly_and_leaves_nothing(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull) as refusal:
        upload()
    assert refusal.value.code == 507
    assert not blobs(in_app)
    assert db.session.query(StoredFile).count() == 0


def test_a_row_that_cannot_be_written_takes_its_bytes_along(in_app: Flask) -> None:
    db.drop_all()
    with pytest.raises(Exception, match="no such table"):
        upload()
    assert not blobs(in_app)


def test_bytes_are_on_the_disk_before_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, rename = os.fsync, Path.rename
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("fsync"), fsync(handle))[1])
    monkeypatch.setattr(Path, "rename", lambda path, to: (order.append("rename"), rename(path, to))[1])
    LocalFiles(tmp_path).put(BytesIO(b"x"))
    assert order == ["fsync", "rename", "fsync"]


def test_a_store_never_leaves_its_folder(tmp_path: Path) -> None:
    store = LocalFiles(tmp_path / "files")
    (tmp_path / "secret").write_text("x")
    for key in ("../secret", "", "a", "..", "x" * 27 + "/..", "\x00" * 27):
        assert not store.exists(key)
        with pytest.raises(Missing):
            store.open(key)
    assert store.healthy()


def test_an_unwritable_store_is_not_healthy(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    assert not LocalFiles(tmp_path / "files").healthy()


def test_the_sweep_takes_the_forgotten_and_the_unknown_only(in_app: Flask) -> None:
    kept, forgotten, fresh = upload(), upload(), upload()
    kept.attached_at = clock.now()
    forgotten.created_at = kept.created_at = clock.now() - timedelta(days=2)
    db.session.commit()
    unknown = files.store.put(BytesIO(b"nobody's")).key
    long_ago = time.time() - 2 * 86_400
    for path in blobs(in_app):
        if path.name != fresh.key:
            os.utime(path, (long_ago, long_ago))
    assert sweep() == 3  # two blobs and one row
    drain_all()
    assert {path.name for path in blobs(in_app)} == {kept.key, fresh.key}
    assert unknown not in {path.name for path in blobs(in_app)}
    assert sweep() == 0


def test_nothing_unattached_is_there_after_a_day(in_app: Flask) -> None:
    """The looks come every hour, and every few; whatever came just after one is still gone in time."""
    hourly, seldom = (crontab_of(each) for each in (sweep_module.sweep_uploads, sweep_module.sweep_blobs))
    assert len(hourly) == 24
    gaps = [(later - one) % 24 for one, later in zip(seldom, [*seldom[1:], seldom[0]], strict=True)]
    assert max(gaps) * timedelta(hours=1) + sweep_module.UNKNOWN < timedelta(days=1)
    assert sweep_module.UNATTACHED + timedelta(hours=1) <= timedelta(days=1)
    upload().created_at = clock.now() - timedelta(hours=23, minutes=1)
    db.session.commit()
    assert sweep_module.sweep_unattached() == 1


def crontab_of(job: Any) -> list[int]:
    """The hours in which it runs."""
    when = jobs._periodic[job.name]
    minutes = [datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minute) for minute in range(24 * 60)]
    return sorted({minute.hour for minute in minutes if when(minute)})


def test_what_we_make_ourselves_is_kept_as_it_is(in_app: Flask) -> None:
    made = files.put(
        b"PK-anything", name="my data.zip", media_type="application/zip", scope="test", uploader_id=1
    )
    assert (made.name, made.media_type) == ("my data.zip", "application/zip")
    source: BinaryIO = BytesIO(picture())
    assert files.put(source, name="a.jpg", media_type="image/jpeg", scope="test").width == 60


def test_one_persons_files_take_up_no_more_than_theirs(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(in_app.config, "STORAGE_PER_MEMBER_BYTES", len(PDF) * 2)
    first = upload()
    upload()
    kept = len(blobs(in_app))
    with pytest.raises(QuotaFull, match="take up all of your"):
        upload()
    assert (len(blobs(in_app)), db.session.query(StoredFile).count()) == (kept, 2)
    storage = FileStorage(BytesIO(PDF), filename="x.pdf", content_type="application/pdf")
    assert files.receive(storage, scope="test", network_id=3, uploader_id=2), "another person has their own"
    files.delete(first.key)
    assert upload(), "there is room again"


def test_two_uploads_at_once_do_not_slip_through(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both were looked at before either was kept: the row's own look decides, and the bytes go again."""
    monkeypatch.setitem(in_app.config, "STORAGE_PER_MEMBER_BYTES", len(PDF))
    real, looked = service.require_room, []
    monkeypatch.setattr(
        service, "require_room", lambda *given: real(*given) if looked else looked.append(given)
    )
    upload()
    looked.clear()
    with pytest.raises(QuotaFull):
        upload()
    assert len(blobs(in_app)) == 1
