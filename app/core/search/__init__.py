"""Search: one port, two engines, and what feeds them.

`port` says what an engine must do; `embedded` is Whoosh in DATA_DIR, `postgresql` the full text of
the database; `sources` is where features join; `changes` is what the index does not have yet;
`feeding` is the worker's duty; `words` cuts, stems and marks for all of them.
"""

from pathlib import Path

from flask import Flask, current_app

from app.core import worker
from app.core.health import check
from app.core.search.port import Engine


def engine() -> Engine:
    """The engine of this deployment."""
    known: Engine = current_app.extensions["search"]
    return known


def works() -> bool:
    """Whether there is a whole index to ask."""
    return engine().ready()


@worker.at_start
def look_at_the_index() -> None:
    """A damage is found before anybody meets it."""
    engine().check()


@worker.duty("search")
def feed() -> bool:
    """One turn of the worker."""
    from app.core.search.feeding import turn

    return turn(engine())


def init_app(app: Flask) -> None:
    """Choose the engine, and say in `/readyz` whether it can be asked."""
    from app.core.search.embedded import Embedded
    from app.core.search.postgresql import FullText

    on_sqlite = str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")
    app.extensions["search"] = Embedded(Path(app.config["DATA_DIR"]) / "search") if on_sqlite else FullText()
    check("search")(works)
