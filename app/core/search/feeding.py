"""The worker's side of search: feed the index in batches, and make a new one where there is none.

One worker at a time holds the index (a lock beside it); another worker simply has nothing to do.
A turn is short: at most one batch, or one whole rebuild when the index is missing or damaged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import structlog

from app.core.db import db
from app.core.metrics import gauge
from app.core.search import changes
from app.core.search.port import Document, Engine
from app.core.search.sources import documents_of, sources

BATCH = 300
"""Changes in one commit of the index."""
PORTION = 200
"""Documents read from the database at a time in a rebuild."""
log = structlog.get_logger()

gauge("search_waiting", "Changes that the search index does not have yet", lambda: float(changes.waiting()))


def turn(engine: Engine) -> bool:
    """Do what is due; whether there was something."""
    if not engine.ready():
        rebuild(engine)
        return True
    ids, owners = changes.next_batch(BATCH)
    if not ids:
        db.session.commit()
        return False
    documents = documents_of(owners)
    db.session.commit()
    engine.write(owners, documents)
    changes.settle(ids)
    return True


def catch_up(engine: Engine) -> None:
    """Until nothing is due: what a test or the command line wants."""
    while turn(engine):
        pass


def rebuild(engine: Engine) -> int:
    """Make the whole index anew; gives how many documents it has."""
    log.info("search_rebuild_started")
    counted = _Counted(every_document)
    engine.rebuild(counted)
    log.info("search_rebuild_done", documents=counted.documents)
    return counted.documents


class _Counted:
    def __init__(self, batches: Callable[[], Iterable[Sequence[Document]]]) -> None:
        self.batches, self.documents = batches, 0

    def __call__(self) -> Iterator[Sequence[Document]]:
        for batch in self.batches():
            self.documents += len(batch)
            yield batch


def every_document() -> Iterator[Sequence[Document]]:
    """All documents of all sources, a portion at a time; no read stays open between portions."""
    for source in sources():
        last = 0
        while ids := source.ids(last, PORTION):
            documents = list(source.documents(ids))
            last = ids[-1]
            db.session.commit()
            yield documents
