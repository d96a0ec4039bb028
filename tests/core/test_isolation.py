"""Tests are apart from one another, and a test from the requests that it makes."""

import threading
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.command import command
from tests.support.clients import apart


def count(db: Any) -> int:
    return int(db.session.scalar(select(func.count(Account.id))))


@command
def create(name: str) -> Account:
    from app.core.db import db

    account = Account(name=name, email=f"{name}@example.org")
    db.session.add(account)
    db.session.flush()
    return account


@pytest.mark.parametrize("turn", [1, 2])
def test_rows_of_a_test_vanish(db: Any, turn: int) -> None:
    assert count(db) == 0
    create("ada")
    assert count(db) == 1


def test_a_failing_command_leaves_the_rows_before_it(db: Any) -> None:
    create("ada")

    @command
    def fail() -> None:
        create("bea")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()
    assert count(db) == 1


@pytest.mark.durable
def test_a_durable_test_commits_for_other_threads(app: Flask, db: Any) -> None:
    create("ada")
    seen = []

    def look() -> None:
        with app.app_context():
            seen.append(count(db))

    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert seen == [1]


@pytest.mark.durable
def test_durable_rows_vanish_too(db: Any) -> None:
    assert count(db) == 0


def test_requests_share_rows_with_the_test_and_nothing_else(app: Flask, db: Any) -> None:
    def request() -> tuple[int, str | None]:
        with app.app_context():
            before, g.who = g.get("who"), "visitor"
            create(f"visitor{count(db)}")
            return count(db), before

    create("ada")
    g.who = "the test"
    assert [apart(request), apart(request)] == [(2, None), (3, None)]
    assert (g.who, count(db)) == ("the test", 3)
