"""Engines to measure, each in a place of its own, and Whoosh's own searcher beside ours."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.search.port import Engine, Query


@contextmanager
def opened(name: str) -> Iterator[tuple[Callable[[], Engine], Path | None]]:
    """How to open the engine as a process that just started would, and its folder where it has one."""
    with tempfile.TemporaryDirectory(prefix="throughline-bench-", ignore_cleanup_errors=True) as made:
        place = Path(made)
        if name == "embedded":
            from app.core.search.embedded import Embedded

            yield lambda: Embedded(place), place
        else:
            with _postgresql(place) as engine:
                yield engine, None


@contextmanager
def _postgresql(place: Path) -> Iterator[Callable[[], Engine]]:
    """A server without fsync, so that it is the engine that is measured and not the disk."""
    from app import create_app
    from app.core.db import db
    from app.core.search.postgresql import FullText
    from tests.support import environment, postgres
    from tests.support.databases import Databases

    environment.forget_settings()
    with postgres.server() as server:
        environment.use(place / "app", Databases(place, server).copy("bench"))
        app = create_app()
        with app.app_context():
            yield FullText
            db.session.remove()
            db.engine.dispose()


def bare_whoosh(place: Path) -> Callable[[Query], object]:
    """The same index asked by Whoosh alone: its matchers, its filter of the same spaces, nothing counted."""
    from whoosh import index, query, scoring

    build = place / (place / "current").read_text().strip()
    searcher = index.open_dir(build).searcher(weighting=scoring.TF_IDF())

    def ask(asked: Query) -> object:
        spaces = ["all", *map(str, asked.reach.space_ids)]
        seen = query.Or([query.Term("marks", f"space={asked.reach.network_id}-{name}") for name in spaces])
        stems = [clause.any_of[0].stems[0] for clause in asked.clauses]
        return searcher.search(
            query.And([query.Term("words", stem) for stem in stems]), filter=seen, limit=asked.size
        )

    return ask
