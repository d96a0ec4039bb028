"""How tests keep their rows apart.

A normal test runs inside one outer transaction: the application's sessions join it, their commits only
release savepoints, and at the end all is rolled back. A `durable` test gets a database of its own, with
real commits, for what depends on them: threads, processes, crashes.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from app.core.db import db, teach
from tests.support.databases import Databases, fresh_name

PATIENCE = 60.0
"""Seconds: how long one statement of a test may wait for a lock that the server itself holds."""


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """The app's sessions join one transaction, which is rolled back."""
    with app.app_context():
        engine = db.engine
        with engine.connect() as connection:
            outer = connection.execution_options(writing=time.monotonic() + PATIENCE).begin()
            with _bound_to(connection):
                yield
            outer.rollback()


@contextmanager
def committed(app: Flask, databases: Databases) -> Iterator[str]:
    """The app works on its own copy of the template; gives the copy's address."""
    address = databases.copy(fresh_name("durable"))
    try:
        with working_on(app, address):
            yield address
    finally:
        databases.drop(address)


@contextmanager
def working_on(app: Flask, address: str) -> Iterator[None]:
    """The app works on the database at `address`, with real commits."""
    engine = sa.create_engine(address)
    teach(engine)
    before = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_DATABASE_URI"] = address
    try:
        with app.app_context(), _bound_to(engine):
            yield
    finally:
        app.config["SQLALCHEMY_DATABASE_URI"] = before
        engine.dispose()


@contextmanager
def _bound_to(bind: sa.Engine | sa.Connection) -> Iterator[None]:
    engines: dict[str | None, object] = db.engines  # type: ignore[assignment]
    own = engines[None]
    engines[None] = bind
    try:
        yield
    finally:
        db.session.remove()
        engines[None] = own
