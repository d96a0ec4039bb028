"""Sealed identity: after a whole life of a post without a name, nothing that is kept, told, logged or shown
says whose it is, apart from the sealed store, which says it to nobody who reads its bytes.

The same life of a post with a name is found by the same search: that is what guards it.
"""

import hashlib
import hmac
import io
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select, text

from app.accounts.models import Account
from app.contributions import actions
from app.contributions.actions.once import let_lapse
from app.contributions.models import Contribution, IdempotencyKey
from app.contributions.queries.cards import card_row
from app.contributions.sockets.here import people_here
from app.contributions.sockets.streams import deliver_card, deliver_reply
from app.core import clock as time
from app.core import personal, seals
from app.core.command import command
from app.core.db import db, on_sqlite
from app.core.files.models import StoredFile
from app.moderation.models import Act, Appeal, Case
from app.networks.actions import set_sealing
from app.networks.models import Member
from app.notifications.actions.mailing import wish_of
from app.notifications.jobs import words_of
from app.notifications.queries import letter_for
from app.search.queries.findable import contribution_documents
from app.spaces.models import SpaceSetting
from tests.core.files.samples import multipart
from tests.support.clients import mark_on
from tests.support.factories import World, make_network, make_world

NAME = "Zephyrine Quillfeather"
ACCOUNT, MEMBER, POSTS, FILES = 8_100_001, 9_100_001, 7_100_000, 6_100_000
OF_THE_AUTHOR = ("Quillfeather", "quillfeather", str(ACCOUNT), str(MEMBER))
JSON = {"Accept": "application/json"}


@dataclass
class Life:
    """One post from its first draft to its end, and all that others saw of it."""

    post_id: int
    reply_id: int
    file: StoredFile
    seen: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def marks(self) -> tuple[str, ...]:
        return (str(self.post_id), str(self.reply_id), str(self.file.id), self.file.key)


@pytest.fixture
def world(app: Any) -> World:
    """Its numbers are like no others, so that a number found anywhere is this one."""
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    return world


@pytest.fixture
def author(world: World) -> Member:
    @command
    def arrive() -> Member:
        db.session.add(Account(id=ACCOUNT, email="zephyrine@quillfeather.example", name=NAME))
        member = Member(
            id=MEMBER,
            network_id=world.network.id,
            account_id=ACCOUNT,
            name=NAME,
            role="teacher",
            site_id=world.cedar.id,
            grades=1 << 7,
            norms_version=1,
            welcomed_at=time.now(),
        )
        db.session.add(member)
        elsewhere = make_network("Far away")
        row = {"network_id": elsewhere.id, "space_id": world.commons.id, "kind": "update", "state": "removed"}
        db.session.add(Contribution(id=POSTS, **row))
        stored = {"name": "x", "media_type": "text/plain", "size": 1, "sha256": "0" * 64, "scope": "export"}
        db.session.add(StoredFile(id=FILES, key="k" * 32, attached_at=time.now(), **stored))
        db.session.flush()
        if not on_sqlite():
            for table, last in (("contribution", POSTS), ("stored_file", FILES)):
                db.session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})"))
        return member

    return arrive()


def plan_with_a_name() -> bytes:
    document, out = Document(), io.BytesIO()
    document.core_properties.author = NAME
    document.add_paragraph("Exit slip: one half of three quarters")
    document.save(out)
    return out.getvalue()


def live(world: World, author: Member, as_member: Any, outbox: Any, *, sealed: bool) -> Life:
    slug, mine, theirs = world.network.slug, as_member(author), as_member(world.colleague)
    words = "Nobody talked in my number talk"
    draft = {"body": {"html": [words]}, "sequence": 0}
    mine.put(f"/n/{slug}/drafts/tried_it", json=draft)
    if sealed:
        mine.put(
            f"/n/{slug}/drafts/tried_it", json={"body": {**draft["body"], "sealed": ["1"]}, "sequence": 1}
        )
    upload = multipart("file", plan_with_a_name(), "Quillfeather exit slip.docx")
    key = mine.post(f"/n/{slug}/uploads", **upload).json["key"]
    mention = (
        f'<a href="/n/{slug}/members/{world.colleague.id}" data-mention="{world.colleague.id}">@Cole</a>'
    )
    given = {"html": f"<p>{words} {mention}</p>", "outcome": "did_not_work", "space": world.commons.id}
    given |= {"grade": "7", "happened": "Silence", "file_keys": key, "key": "a-key-of-this-post"}
    given |= {"sealed": "1"} if sealed else {}
    answer = mine.post(f"/n/{slug}/share/tried_it", data=given, headers=JSON)
    assert answer.status_code == 200, answer.text
    post_id = answer.json["id"]
    here = f"/n/{slug}/c/{post_id}"
    for path in ("/react/learned", "/try", "/save"):
        theirs.post(here + path, data={"on": "1"}, headers=JSON)
    theirs.post(f"{here}/reply", json={"html": "<p>Here too</p>"}, headers=JSON)
    told = mine.post(
        f"{here}/reply", json={"html": "<p>I try again</p>", "key": "a-key-of-a-reply"}, headers=JSON
    )
    reply_id = told.json["id"]
    mine.put(f"/n/{slug}/drafts/reply?target=reply:{post_id}", json=draft)
    mine.post(f"{here}/place", data={"position": "2"}, headers=JSON)
    mine.post(f"{here}/seen", headers=JSON)
    page = mine.get(f"{here}/edit-post").text
    assert words in page
    edited = {"html": f"<p>{words} at all {mention}</p>", "outcome": "mixed"}
    assert mine.post(f"{here}/edit-post", data=edited).status_code == 303
    outbox.drain()
    post = db.session.get_one(Contribution, post_id)
    actions.hold(post, reason="reports")
    assert words in mine.get(here).text
    assert theirs.get(here).status_code == 404
    actions.restore(post)
    outbox.drain()
    file = db.session.scalars(select(StoredFile).where(StoredFile.key == key)).one()
    life = Life(post_id, reply_id, file)
    _look(life, world, theirs)
    _listen(life, world)
    return life


def _look(life: Life, world: World, browser: Any) -> None:
    """Every page on which others meet it."""
    slug, here = world.network.slug, f"/n/{world.network.slug}/c/{life.post_id}"
    pages = [f"/n/{slug}/", here, f"{here}/menu", f"{here}/card", f"{here}/people", f"{here}/history"]
    pages += [f"{here}/replies", f"{here}/words", f"/n/{slug}/files/{life.file.key}", "/notifications"]
    pages += [f"/n/{slug}/saved/", f"/n/{slug}/trying/", f"/n/{slug}/search?q=number", f"{here}/fresh"]
    pages += [f"/n/{slug}/c/{life.reply_id}/menu", f"/n/{slug}/share/tried_it?about={life.post_id}"]
    for path in pages:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        life.seen[path] = answer.text
    assert "Nobody talked" in life.seen[here]


def _listen(life: Life, world: World) -> None:
    """Live events, the mail, the index, and what another one downloads of themselves."""
    life.told.append(json.dumps(deliver_card(life.post_id), default=str))
    life.told.append(json.dumps(deliver_reply(life.reply_id), default=str))
    life.told.append(str(card_row(life.post_id)))
    life.told += [str(each) for each in contribution_documents([life.post_id, life.reply_id])]
    command(wish_of)(world.colleague.id)
    with time.freeze(time.now() + timedelta(minutes=30)):
        letter = letter_for(world.colleague.id, time.now())
        life.told.append(words_of(letter) if letter is not None else "")
    life.told += [str(value) for _path, value in personal.everything_of(world.colleague.account)]


def rows_that_name(life: Life) -> list[str]:
    """Every row of every table that holds both a number of the post and something of its author."""
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            said = " ".join(str(value) for value in row)
            if any(mark in said for mark in life.marks) and any(word in said for word in OF_THE_AUTHOR):
                found.append(f"{table.name}: {said}")
    return found


WORDS = ("poster:{m}:{o}", "{o}:{m}", "{m}:{o}", "author:{o}:{m}", "{m}{o}", "{o}{m}", "poster:{m}", "{m}")
"""How a hash may have been made of a member `m` and something else `o` of the same row."""


def rows_that_a_key_opens(secret: str, life: Life) -> list[str]:
    """Rows about the post with a hash that one of the members makes under `secret`, tried one by one."""
    found, members = [], list(db.session.scalars(select(Member.id)))
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            said = [str(value) for value in row]
            if not any(mark in value for mark in life.marks for value in said):
                continue
            hashes = {value for value in said if re.fullmatch(r"[0-9a-f]{32,64}", value)}
            tries = {
                words.format(m=member, o=other) for words in WORDS for member in members for other in said
            }
            made = {hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest() for words in tries}
            made |= {hashlib.sha256(words.encode()).hexdigest() for words in tries}
            if any(each.startswith(value) for value in hashes for each in made):
                found.append(f"{table.name}: {said}")
    return found


@pytest.mark.parametrize("sealed", [True, False])
def test_who_has_the_tables_and_the_secret_key_finds_nobody(
    world: World, author: Member, as_member: Any, outbox: Any, app: Any, sealed: bool
) -> None:
    """Without the seal key, that is; the same attack finds who posts with their name."""
    life = live(world, author, as_member, outbox, sealed=sealed)
    found = rows_that_a_key_opens(app.config["SECRET_KEY"], life)
    assert bool(found) is not sealed, found
    dump = " ".join(str(tuple(row)) for row in db.session.execute(select(IdempotencyKey.__table__)))
    assert ("a-key-of-this-post" in dump, "a-key-of-a-reply" in dump) == (not sealed, not sealed)


def test_a_key_still_posts_once_and_lapses(world: World, author: Member) -> None:
    piece = actions.Piece(kind="question", html="<p>failed</p>", title="Why?", sealed=True)
    first = actions.share(author, world.commons, piece, key="a-key-of-this")
    assert actions.share(author, world.commons, piece, key="a-key-of-this").id == first.id
    with pytest.raises(actions.KeyReused):
        actions.share(author, world.commons, replace(piece, html="<p>other</p>"), key="a-key-of-this")
    with pytest.raises(actions.KeyReused):
        actions.share(author, world.commons, replace(piece, sealed=False), key="a-key-of-this")
    let_lapse()
    assert db.session.scalars(select(IdempotencyKey)).all()
    with time.freeze(time.now() + timedelta(hours=25)):
        let_lapse()
    assert not db.session.scalars(select(IdempotencyKey)).all()


def tables_that_leave_out(author: Member, everybody: set[int], numbers: set[int]) -> set[str]:
    """Tables whose rows about these posts name every member who could, but not the author."""
    found = set()
    for table in db.metadata.sorted_tables:
        rows = [
            row for row in db.session.execute(select(table)).mappings() if numbers & _numbers_in(row.values())
        ]
        for column in table.columns:
            if any(key.column.table.name == "member" for key in column.foreign_keys):
                named = {row[column.name] for row in rows}
                if everybody - {author.id} <= named and author.id not in named:
                    found.add(table.name)
    return found


def _numbers_in(values: Any) -> set[int]:
    return {value for value in values if isinstance(value, int)}


@pytest.mark.parametrize("sealed", [True, False])
def test_no_table_leaves_out_its_author_alone(
    world: World, author: Member, as_member: Any, outbox: Any, sealed: bool
) -> None:
    """All follow the space, all are named, all open and read it: the rows have all of them, or nobody."""
    slug = world.network.slug
    home = world.network.id
    everybody = list(db.session.scalars(select(Member).where(Member.network_id == home)))
    command(db.session.add_all)(
        [SpaceSetting(space_id=world.commons.id, member_id=one.id, level="everything") for one in everybody]
    )
    named = " ".join(f'<a href="/n/{slug}/members/{one.id}">@x</a>' for one in everybody)
    piece = actions.Piece(kind="question", html="<p>It failed</p>", title="Why?", sealed=sealed)
    quiet = actions.share(author, world.commons, piece)
    post = actions.share(author, world.commons, replace(piece, html=f"<p>{named}</p>", title="Who?"))
    outbox.drain()
    for one in everybody:
        browser = as_member(one)
        for root in (quiet, post):
            here = f"/n/{slug}/c/{root.id}"
            assert browser.get(here).status_code == 200
            browser.post(f"{here}/seen", headers=JSON)
            if one.id != author.id or sealed:
                browser.post(f"{here}/place", data={"position": "0"}, headers=JSON)
    found = tables_that_leave_out(author, {one.id for one in everybody}, {quiet.id, post.id})
    for each in (quiet, post):
        found |= tables_that_leave_out(author, {one.id for one in everybody}, {each.id})
    assert found == (set() if sealed else {"mention", "notification", "read_place"})


def test_nothing_says_who_wrote_it(
    world: World, author: Member, as_member: Any, outbox: Any, app: Any, capsys: Any
) -> None:
    life = live(world, author, as_member, outbox, sealed=True)
    assert rows_that_name(life) == []
    assert [path for path, page in life.seen.items() if any(word in page for word in OF_THE_AUTHOR)] == []
    assert [said for said in life.told if any(word in said for word in OF_THE_AUTHOR)] == []
    logged = capsys.readouterr().out
    assert "share" in logged or "posts.post" in logged
    assert not any(word in logged for word in OF_THE_AUTHOR)
    assert life.file.name == "file.docx"
    with app.extensions["files"].open(life.file.key) as stored:
        inside = zipfile.ZipFile(io.BytesIO(stored.read()))
        assert b"Quillfeather" not in b"".join(inside.read(name) for name in inside.namelist())
    kept = b"".join(path.read_bytes() for path in Path(app.config["DATA_DIR"]).glob("sealed.sqlite3*"))
    assert kept
    assert not any(word.encode() in kept for word in OF_THE_AUTHOR)
    assert seals.whose(life.post_id) == seals.whose(life.reply_id) == author.id


def test_the_same_life_with_a_name_is_found(
    world: World, author: Member, as_member: Any, outbox: Any
) -> None:
    """Each net of the search above catches something where there is something."""
    life = live(world, author, as_member, outbox, sealed=False)
    tables = {row.partition(":")[0] for row in rows_that_name(life)}
    assert {"contribution", "stored_file", "read_place", "notification"} <= tables
    assert [path for path, page in life.seen.items() if "Quillfeather" in page]
    assert [said for said in life.told if "Quillfeather" in said]


def test_an_appeal_names_nobody_either(
    world: World, author: Member, as_member: Any, outbox: Any, capsys: Any
) -> None:
    life = live(world, author, as_member, outbox, sealed=True)
    form = {"ref": "n1", "words": "Unkind"}
    as_member(world.colleague).post(f"/n/{world.network.slug}/report/c/{life.post_id}", data=form)
    case = db.session.scalars(select(Case)).one()
    judge = as_member(world.facilitator)
    judge.post(f"/moderation/{case.id}/act/hide", data={"ref": "n1", "letter": "Dear colleague"})
    act = db.session.scalars(select(Act)).one()
    asked = as_member(author).post(f"/moderation/letters/{act.id}/appeal", data={"words": "Please look"})
    assert asked.status_code == 303
    other, appeal = as_member(world.director), db.session.scalars(select(Appeal)).one()
    answer = {"outcome": "overturned", "answer": "You are right"}
    seen = other.get(f"/moderation/{appeal.case_id}").text
    assert "Please look" in seen
    assert (
        other.post(f"/moderation/{appeal.case_id}/appeal", data={**answer, "read": mark_on(seen)}).status_code
        == 303
    )
    seen += judge.get(f"/moderation/{case.id}").text + other.get("/moderation?state=done").text
    outbox.drain()
    assert not any(word in seen + capsys.readouterr().out for word in OF_THE_AUTHOR)
    kinds = ("moderation", "outbox", "notification", "stream", "idempotency", "mail")
    for table in (each for each in db.metadata.sorted_tables if each.name.startswith(kinds)):
        rows = [str(tuple(row)) for row in db.session.execute(select(table))]
        told = [row for row in rows if any(word in row for word in OF_THE_AUTHOR)]
        assert [row for row in told if table.name != "notification" or "mod_" in row] == []
    assert "You are right" in as_member(author).get(f"/n/{world.network.slug}/unnamed/").text


@pytest.mark.parametrize("keep", [True, False])
def test_when_they_go_nobody_is_behind_it(
    world: World, author: Member, as_member: Any, outbox: Any, keep: bool
) -> None:
    life = live(world, author, as_member, outbox, sealed=True)
    account = db.session.get_one(Account, ACCOUNT)
    downloaded = str(list(personal.everything_of(account)))
    assert "Nobody talked in my number talk" in downloaded
    seals.write_letter(seals.mark("letters", author.id), {"kind": "note", "words": "x"})
    command(personal.erase)(account, keep_contributions=keep)
    outbox.drain()
    post = db.session.get_one(Contribution, life.post_id)
    assert post.seal is not None
    assert (post.state, bool(post.text)) == (("published", True) if keep else ("removed", False))
    assert seals.subjects() == []
    assert seals.letters_of(seals.mark("letters", MEMBER)) == []
    assert people_here([MEMBER]) == [] or people_here([MEMBER])[0]["name"] != NAME
