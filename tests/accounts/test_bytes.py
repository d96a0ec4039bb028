"""Deleted words lie in no file any more, not in the free space of one either."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actions import erase_account
from app.accounts.models import Account
from app.contributions.actions import edit_contribution, save_draft
from app.contributions.models import Contribution, Draft
from app.core.db import empty_log
from app.networks.actions import edit_profile
from tests.support import environment
from tests.support.factories import make_post, make_reply, make_world

CANARY = "kumquat-8e1f"
pytestmark = pytest.mark.durable


def holding(app: Any, db: Any) -> list[str]:
    """The files that hold the canary: of DATA_DIR, and of this test's own database."""
    own = Path(db.engine.url.database) if db.engine.dialect.name == "sqlite" else None
    files = [path for path in Path(app.config["DATA_DIR"]).rglob("*") if path.is_file()]
    files += list(own.parent.glob(f"{own.name}*")) if own is not None else []
    return sorted({path.suffix for path in files if CANARY.encode() in path.read_bytes()})


def write_a_lot(world: Any) -> None:
    """Words of every size: in one cell, over several pages, changed, and not yet posted."""
    long = f"{CANARY} " * 600
    for words in (CANARY, long, f"{CANARY} short"):
        post = make_post(world.teacher, world.commons, words)
        make_reply(world.teacher, make_post(world.colleague, world.commons, "Something else"), words)
        edit_contribution(world.teacher, post, html=f"<p>{words} changed</p>")
    save_draft(world.teacher, "update", "commons", {"body": long}, sequence=0)
    edit_profile(world.teacher, world.teacher, story=CANARY)


def test_an_erased_account_leaves_no_bytes(app: Any, db: Any, outbox: Any) -> None:
    world = make_world()
    write_a_lot(world)
    outbox.drain()
    if not environment.ON_POSTGRESQL:
        assert holding(app, db), "the words were there"
    account = db.session.get_one(Account, world.teacher.account_id)
    erase_account(account, keep_contributions=False)
    if not environment.ON_POSTGRESQL:
        assert ".sqlite3-wal" in holding(app, db), "and stay in the log until the worker comes by"
    outbox.drain()
    assert holding(app, db) == []
    assert not db.session.scalars(select(Contribution).where(Contribution.text.contains(CANARY))).all()
    assert not db.session.scalars(select(Draft)).all()


def test_a_reader_makes_it_wait(app: Any, db: Any) -> None:
    world = make_world()
    make_post(world.teacher, world.commons, CANARY)
    with db.engine.connect() as reader:
        assert reader.execute(select(Contribution.id)).all()
        make_post(world.teacher, world.commons, CANARY)
        assert empty_log(patience=0.1) is environment.ON_POSTGRESQL
    assert empty_log(patience=5)
