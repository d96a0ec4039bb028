"""Seals: who did something without their name, provable to themselves and open to nobody else by itself.

Nouns: a *mark* is a keyed hash of some words (such as a contribution and a member): who knows the words and
has the key can tell that they fit, and nobody can tell the words from it. The *store* is a file of its own
that keeps, encrypted, whose each sealed thing is, and *letters* to people of whom no table may know that
they get one. The *seal key* lies outside the database, the store and their backups.
Rules: the store's row is written before what it stands for, so that a crash between the two leaves a row that
names nobody anyone can see; `sweep` removes it. While another one writes there, nobody waits with the
database in their hand: `keep` says Busy inside a write transaction, and `until_free` waits outside of it, as
the database does, so that others go on. Without a key, or with another one than the store was begun
with, nothing can be sealed and nothing fits.
Neighbours: `contributions` seals; `config` says where key and store are; the doctor looks at both.
"""

import hashlib
import hmac
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app

import secret_key
from app.core import clock, db

T = TypeVar("T")
_TABLES = """
CREATE TABLE IF NOT EXISTS fit (proof TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS sealed (subject INTEGER PRIMARY KEY, token BLOB NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS letter (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, token BLOB NOT NULL, at TEXT NOT NULL, read_at TEXT
);
CREATE INDEX IF NOT EXISTS ix_letter_owner ON letter (owner);
"""
_NONCE = 12
WAIT = 5.0
"""Seconds that one process waits for another one's few rows."""
PAUSE = 0.005


class NotReady(Exception):
    """There is no key, or it is not the one that the store was begun with."""


class Busy(NotReady, db.Busy):
    """Another one writes in the store just now; the same again may work in a moment."""


@contextmanager
def suppress_unready() -> Iterator[None]:
    """Go on without a store that cannot be opened. Raises Busy: in a moment it can."""
    try:
        yield
    except Busy:
        raise
    except NotReady:
        return


class Seals:
    """Key and store of one application."""

    def __init__(self, given: str | None, key_file: Path, store: Path) -> None:
        self._given, self._key_file, self.store = given, key_file, store
        self._secret: bytes | None = None
        self._fits = False

    def trouble(self) -> str | None:
        """Why nothing can be sealed or opened now, as a sentence; None when all is well."""
        try:
            self._fit(0 if db.is_writing() else WAIT)
        except Busy:
            return None
        except NotReady as reason:
            return str(reason)
        return None

    def derived(self, purpose: str) -> bytes:
        """Another key for each purpose. Raises NotReady."""
        if self._secret is None:
            try:
                self._secret = (self._given or secret_key.kept_in(self._key_file)).encode()
            except OSError as error:
                raise NotReady("the seal key is missing and cannot be made where it belongs") from error
        return hmac.new(self._secret, f"throughline {purpose}".encode(), hashlib.sha256).digest()

    @contextmanager
    def rows(self, wait: float = WAIT, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
        """The store, in one transaction of its own, after at most `wait` seconds. Raises NotReady, Busy."""
        self._fit(wait)
        try:
            with self._opened(wait, "IMMEDIATE" if writes else "DEFERRED") as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise NotReady("the sealed store cannot be opened") from error

    def _fit(self, wait: float) -> None:
        if self._fits and self.store.exists():
            return
        proof = hmac.new(self.derived("proof"), b"fits", hashlib.sha256).hexdigest()
        try:
            with self._opened(wait, "IMMEDIATE") as connection:
                for table in filter(str.strip, _TABLES.split(";")):
                    connection.execute(table)
                connection.execute("INSERT INTO fit SELECT ? WHERE NOT EXISTS (SELECT 1 FROM fit)", (proof,))
                known = connection.execute("SELECT proof FROM fit").fetchall()
        except (OSError, sqlite3.Error) as error:
            raise NotReady("the sealed store cannot be opened") from error
        if known != [(proof,)]:
            raise NotReady("the seal key is another one than the sealed store was begun with")
        self._fits = True

    @contextmanager
    def _opened(self, wait: float, how: str) -> Iterator[sqlite3.Connection]:
        """One transaction in the file. Raises Busy where no turn came."""
        self.store.parent.mkdir(parents=True, exist_ok=True)
        if not self.store.exists():
            with suppress(FileExistsError):
                os.close(os.open(self.store, os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self.store, timeout=0, isolation_level=None)
        try:
            for words in (
                "PRAGMA journal_mode=WAL",
                "PRAGMA synchronous=FULL",
                "PRAGMA secure_delete=ON",
                f"BEGIN {how}",
            ):
                _patiently(partial(connection.execute, words), wait)
            with connection:
                yield connection
        finally:
            connection.close()


def _patiently(act: Callable[[], T], wait: float) -> T:
    """Do it, again and again while the store is locked: SQLite's own waiting would stop the whole process."""
    until = time.monotonic() + wait
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            if time.monotonic() >= until:
                raise Busy("the sealed store is busy") from error
        time.sleep(PAUSE)


def init_app(app: Flask) -> None:
    app.extensions["seals"] = Seals(
        app.config["SEAL_KEY"], app.config["SEAL_KEY_FILE"], app.config["SEALED_DATABASE"]
    )


def trouble() -> str | None:
    """Why nothing can be sealed or opened now, as a sentence; None when all is well."""
    return _seals().trouble()


def mark(*words: object) -> str:
    """64 letters that only these words make under the seal key. Raises NotReady."""
    said = ":".join(str(word) for word in words).encode()
    return hmac.new(_seals().derived("mark"), said, hashlib.sha256).hexdigest()


def fits(known: str, *words: object) -> bool:
    """Whether `known` is the mark of these words; without a key nothing is."""
    try:
        return hmac.compare_digest(known, mark(*words))
    except NotReady:
        return False


def keep(subject: int, person: int) -> None:
    """Write down whose `subject` is, before anything else is. Raises NotReady; inside a write transaction
    Busy at once."""
    token = _closed(str(person).encode(), f"sealed:{subject}")
    with _seals().rows(0 if db.is_writing() else WAIT, writes=True) as rows:
        rows.execute("INSERT OR REPLACE INTO sealed VALUES (?, ?, ?)", (subject, token, _now()))


def until_free(wait: float = WAIT) -> bool:
    """Wait until one may write in the store, outside a transaction; False when no turn came."""
    db.forbid_while_writing("waiting for the sealed store")
    try:
        with _seals().rows(wait, writes=True):
            return True
    except NotReady:
        return False


def whose(subject: int) -> int | None:
    """The person behind `subject`; None where nobody is known. Raises NotReady."""
    with _seals().rows() as rows:
        found = rows.execute("SELECT token FROM sealed WHERE subject = ?", (subject,)).fetchone()
    said = _open(found[0], f"sealed:{subject}") if found else None
    return int(said) if said else None


def forget(subjects: Iterable[int]) -> None:
    """Empty the rows of these subjects. Raises NotReady."""
    with _seals().rows(writes=True) as rows:
        rows.executemany("DELETE FROM sealed WHERE subject = ?", [(subject,) for subject in subjects])


def subjects(before: datetime | None = None) -> list[int]:
    """The subjects that have a row, or those whose row is older than a moment. Raises NotReady."""
    until = before.isoformat() if before else "9"
    with _seals().rows() as rows:
        found = rows.execute("SELECT subject FROM sealed WHERE at < ? ORDER BY subject", (until,))
        return [int(row[0]) for row in found]


def write_letter(owner: str, said: dict[str, Any]) -> None:
    """Leave a letter for the person whose mark is `owner`. Raises NotReady."""
    token = _closed(json.dumps(said).encode(), f"letter:{owner}")
    with _seals().rows(writes=True) as rows:
        rows.execute("INSERT INTO letter (owner, token, at) VALUES (?, ?, ?)", (owner, token, _now()))


def letters_of(owner: str) -> list[dict[str, Any]]:
    """The letters to `owner`, the newest first, each with `at` (text of an instant) and `is_new`; none
    without key or store. Raises Busy: that there are none is not said where nobody could look."""
    with suppress_unready(), _seals().rows() as rows:
        query = "SELECT token, at, read_at FROM letter WHERE owner = ? ORDER BY id DESC"
        found = rows.execute(query, (owner,)).fetchall()
        opened = [(_open(token, f"letter:{owner}"), at, read_at) for token, at, read_at in found]
        return [{**json.loads(said), "at": at, "is_new": not read} for said, at, read in opened if said]
    return []


def letters_waiting(owner: str) -> int:
    """How many letters to `owner` are unread. Raises NotReady."""
    with _seals().rows() as rows:
        query = "SELECT count(*) FROM letter WHERE owner = ? AND read_at IS NULL"
        return int(rows.execute(query, (owner,)).fetchone()[0])


def letters_read(owner: str) -> None:
    with _seals().rows(writes=True) as rows:
        rows.execute("UPDATE letter SET read_at = ? WHERE owner = ? AND read_at IS NULL", (_now(), owner))


def drop_letters(owner: str) -> None:
    with _seals().rows(writes=True) as rows:
        rows.execute("DELETE FROM letter WHERE owner = ?", (owner,))


def _seals() -> Seals:
    found: Seals = current_app.extensions["seals"]
    return found


def _now() -> str:
    return clock.now().isoformat()


def _closed(said: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_seals().derived("store")).encrypt(nonce, said, bound_to.encode())


def _open(token: bytes, bound_to: str) -> bytes | None:
    """What was closed for exactly this; None for anything else."""
    try:
        return AESGCM(_seals().derived("store")).decrypt(token[:_NONCE], token[_NONCE:], bound_to.encode())
    except InvalidTag:
        return None
