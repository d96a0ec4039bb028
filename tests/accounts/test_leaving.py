"""Taking one's data along, and deleting one's account."""

import io
import json
import zipfile

import pytest

from app.accounts import actions, jobs, queries
from app.accounts.models import Account, Download, EmailChange, PasswordReset, Session
from app.core import personal
from app.core.files import files
from app.core.files.models import StoredFile
from tests.accounts.conftest import GOOD, OTHER, is_in, path_in, sign_in


@pytest.fixture
def me(client, ada):
    """Ada's browser, signed in."""
    sign_in(client)
    return client


@pytest.fixture
def parts(monkeypatch):
    """The registry of personal data, to add to for one test."""
    monkeypatch.setattr(personal, "_parts", dict(personal._parts))
    monkeypatch.setattr(personal, "_erasers", list(personal._erasers))


def archive(client):
    """The archive that this person's page offers, opened."""
    key = Download.query.filter(Download.file_key.is_not(None)).order_by(Download.id.desc()).first().file_key
    answer = client.get(f"/files/{key}")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_copy_of_ones_data(me, ada, letters):
    assert "Make a copy of my data" in me.get("/account/data").get_data(as_text=True)
    assert me.post("/account/data").status_code == 303
    waiting = me.get("/account/data").get_data(as_text=True)
    assert "putting your copy together" in waiting
    assert 'hx-get="/account/data/progress"' in waiting
    (letter,) = letters()
    assert letter.subject == "The copy of your data is ready"
    assert path_in(letter) == "/account/data"
    ready = me.get("/account/data/progress").get_data(as_text=True)
    assert "Download the archive" in ready
    assert "hx-get" not in ready
    bundle = archive(me)
    assert json.loads(bundle.read("account/account.json"))["email"] == "ada@cedar.example"
    assert json.loads(bundle.read("account/sessions.json"))[0]["address"] == "127.0.0.1"
    everything = b"".join(bundle.read(name) for name in bundle.namelist())
    assert ada.password_hash.encode() not in everything
    assert all(session.token_hash.encode() not in everything for session in queries.sessions_of(ada))


def test_other_features_add_their_parts(me, ada, outbox, parts):
    @personal.exports("drawings")
    def drawings(account):
        yield "drawings/sun.svg", b"<svg/>"
        yield "words.json", ["sun", "Ångström", None]
        yield "big.bin", io.BytesIO(b"x" * 200_000)

    me.post("/account/data")
    outbox.drain()
    bundle = archive(me)
    assert bundle.read("drawings/sun.svg") == b"<svg/>"
    assert json.loads(bundle.read("drawings/words.json")) == ["sun", "Ångström", None]
    assert len(bundle.read("drawings/big.bin")) == 200_000


def test_the_archive_is_its_owners_alone(me, new_client, ada, bob, outbox, clock):
    me.post("/account/data")
    outbox.drain()
    key = Download.query.one().file_key
    other, stranger = new_client(), new_client()
    sign_in(other, "bob@maple.example", OTHER)
    assert me.get(f"/files/{key}").status_code == 200
    assert other.get(f"/files/{key}").status_code == 404
    assert stranger.get(f"/files/{key}").status_code in (302, 401, 404)
    assert not files.may_open(None, StoredFile.query.filter_by(key=key).one())
    clock.move(days=7, minutes=1)
    sign_in(me)
    assert me.get(f"/files/{key}").status_code == 404


def test_one_at_a_time(me, ada, outbox, clock):
    for _ in range(3):
        me.post("/account/data")
    assert Download.query.count() == 1
    clock.move(minutes=61)
    me.post("/account/data")
    assert Download.query.count() == 2, "what hangs for an hour may be asked for again"


def test_a_newer_archive_replaces_the_older(me, ada, outbox, clock):
    me.post("/account/data")
    outbox.drain()
    old = Download.query.one().file_key
    me.post("/account/data")
    outbox.drain()
    assert me.get(f"/files/{old}").status_code == 404
    jobs.sweep()
    assert files.find(old) is None
    assert Download.query.count() == 1
    archive(me)


def test_archives_go_after_a_week(me, ada, outbox, clock):
    me.post("/account/data")
    outbox.drain()
    clock.move(days=6)
    jobs.sweep()
    assert Download.query.count() == 1
    clock.move(days=2)
    jobs.sweep()
    assert Download.query.count() == 0
    assert StoredFile.query.count() == 0


def test_building_twice_makes_one_archive(me, ada, outbox):
    from app.accounts.events import DownloadAsked

    me.post("/account/data")
    outbox.drain()
    jobs.build_download(DownloadAsked(Download.query.one().id))
    assert StoredFile.query.count() == 1


def test_deleting_says_what_happens_first(me, ada):
    page = me.get("/account/delete").get_data(as_text=True)
    for words in (
        "signed out everywhere",
        "former member",
        "Take it with me",
        "Download your data first",
        "at once",
    ):
        assert words in page
    assert Account.query.filter(Account.deleted_at.is_not(None)).count() == 0


def test_deleting_ones_account(me, new_client, ada, bob, letters):
    phone = new_client()
    sign_in(phone)
    me.post("/reset", data={"email": "ada@cedar.example"})
    me.post("/account/email", data={"email": "new@cedar.example", "password": GOOD})
    me.post("/account/data")
    letters()
    key = Download.query.one().file_key
    answer = me.post("/account/delete", data={"password": GOOD, "keep": "yes"})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(me)
    assert not is_in(phone)
    letters()
    assert (ada.email, ada.name, ada.password_hash) == (None, "", None)
    assert ada.deleted_at is not None
    assert Session.query.count() == PasswordReset.query.count() == EmailChange.query.count() == 0
    assert files.find(key) is None
    assert sign_in(new_client()).status_code == 422
    assert bob.name == "Bob Chen"


def test_nothing_personal_is_left_in_any_table(me, ada, db, letters):
    import sqlalchemy as sa

    sign_in(me, password="wrong words here")
    me.post("/account/data")
    letters()
    me.post("/account/delete", data={"password": GOOD, "keep": "no"})
    letters()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            assert "ada@cedar" not in repr(tuple(row)), table.name
            assert "Ada Byrne" not in repr(tuple(row)), table.name


def test_the_address_is_free_again(me, ada):
    me.post("/account/delete", data={"password": GOOD, "keep": "yes"})
    again = actions.open_account(email="ada@cedar.example", name="Ada", password=OTHER)
    assert again.id != ada.id


@pytest.mark.parametrize(("choice", "kept"), [("yes", True), ("no", False)])
def test_other_features_erase_their_part_in_the_same_transaction(me, ada, parts, choice, kept):
    from app.core.db import is_writing

    told = []

    @personal.erases(floor=9)
    def erase_drawings(account, keep_contributions):
        told.append((account.name, keep_contributions, is_writing()))

    me.post("/account/delete", data={"password": GOOD, "keep": choice})
    assert told == [("Ada Byrne", kept, True)], "before the account's own row"


def test_when_one_part_fails_nothing_is_erased(ada, parts):
    @personal.erases(floor=9)
    def erase_drawings(_account, _keep_contributions):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        actions.erase_account(ada, keep_contributions=True)
    assert ada.email == "ada@cedar.example"


@pytest.mark.parametrize(
    "form",
    [
        {"password": "wrong words here", "keep": "yes"},
        {"password": "", "keep": "yes"},
        {"password": GOOD, "keep": "perhaps"},
        {},
    ],
)
def test_what_does_not_delete(me, ada, form):
    assert me.post("/account/delete", data=form).status_code == 422
    assert ada.deleted_at is None
    assert is_in(me)
