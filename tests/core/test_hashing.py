"""Hashing passwords."""

import pytest
from argon2.exceptions import VerifyMismatchError

from app.core import hashing
from app.core.db import WroteWhileWriting, writing


def test_a_hash_opens_for_its_password_only(app):
    stored = hashing.hash_password("five quiet otters")
    assert hashing.verify(stored, "five quiet otters")
    assert not hashing.verify(stored, "five quiet otter")
    assert "otters" not in stored


def test_the_same_password_hashes_differently_each_time(app):
    assert hashing.hash_password("five quiet otters") != hashing.hash_password("five quiet otters")


def test_a_password_is_the_same_in_every_unicode_spelling(app):
    stored = hashing.hash_password("caf\u00e9 au lait")
    assert hashing.verify(stored, "cafe\u0301 au lait")


def test_without_a_stored_hash_nothing_matches_and_the_same_work_is_done(app, monkeypatch):
    asked = []
    monkeypatch.setattr(hashing, "_matches", lambda stored, password: asked.append(stored) or True)
    assert not hashing.verify(None, "five quiet otters")
    assert asked == [hashing.nobody()]


@pytest.mark.parametrize("stand_in", [hashing.NOBODY, hashing.NOBODY_QUICKLY])
def test_the_stand_in_for_nobody_is_a_real_hash(stand_in):
    with pytest.raises(VerifyMismatchError):
        hashing.STRONG.verify(stand_in, "anything")


def test_the_stand_in_costs_what_a_real_hash_costs():
    assert not hashing.STRONG.check_needs_rehash(hashing.NOBODY)
    assert not hashing.QUICK.check_needs_rehash(hashing.NOBODY_QUICKLY)


def test_production_hashes_with_argon2id_at_full_cost(app):
    stored = hashing.STRONG.hash("five quiet otters")
    assert stored.startswith("$argon2id$v=19$m=47104,t=4,p=1$")
    assert hashing.is_outdated(stored)
    app.testing = False
    try:
        assert hashing.hasher() is hashing.STRONG
        assert hashing.nobody() == hashing.NOBODY
    finally:
        app.testing = True


def test_more_than_the_longest_password_never_matches(app):
    stored = hashing.hash_password("x" * 600)
    assert not hashing.verify(stored, "x" * 600)


def test_nothing_is_hashed_inside_a_write_transaction(app):
    with writing(), pytest.raises(WroteWhileWriting):
        hashing.hash_password("five quiet otters")
    with writing(), pytest.raises(WroteWhileWriting):
        hashing.verify(None, "five quiet otters")


def test_hashing_leaves_the_loop_when_gevent_runs(app, monkeypatch):
    calls = []
    monkeypatch.setattr(hashing, "run_native", lambda function, *args: calls.append(args) or function(*args))
    hashing.verify(hashing.hash_password("five quiet otters"), "five quiet otters")
    assert len(calls) == 2
