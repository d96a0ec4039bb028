"""The port on PostgreSQL: one table, GIN indexes, and trigrams for what was misspelt."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import Float, Select, delete, func, insert, literal, select, text
from sqlalchemy.exc import DBAPIError

from app.core.command import command
from app.core.db import db
from app.core.search.port import DEEPEST, Answer, Document, EngineDown, Query, Reach
from app.core.search.postgresql import clauses
from app.core.search.postgresql.table import LAYOUT, SearchDocument, SearchState, quoted, row

ALIKE = 0.4
"""How alike two words must be, by their trigrams, to be taken for one with a slip."""


class FullText:
    """Documents in the application's own database; what is committed there is found."""

    def ready(self) -> bool:
        return db.session.scalar(select(SearchState.layout).where(SearchState.layout == LAYOUT)) is not None

    def check(self) -> bool:
        """The database looks after its own bytes."""
        return self.ready()

    def distrust(self) -> None:
        _forget_state()

    def write(self, gone: Collection[str], documents: Sequence[Document]) -> None:
        _write(gone, documents)

    def rebuild(self, batches: Callable[[], Iterable[Sequence[Document]]]) -> None:
        """Until the end search says that it is getting ready: half an index is none."""
        _forget_state()
        _empty()
        for batch in batches():
            _write((), batch)
        _with_trigrams()
        _keep_state()

    def search(self, query: Query) -> Answer:
        self._insist()
        score = clauses.score(query).cast(Float).label("score")
        found = (
            select(SearchDocument.owner, score)
            .where(*clauses.matching(query))
            .order_by(score.desc(), SearchDocument.published_at.desc(), SearchDocument.owner.desc())
            .limit(DEEPEST)
        )
        owners = list(db.session.scalars(found)) if query.size else []
        begin = _place_after(owners, query.after)
        total = db.session.scalar(
            select(func.count()).select_from(SearchDocument).where(*clauses.matching(query))
        )
        counts = {facet: _counted(clauses.counting(query, facet)) for facet in query.count}
        more = len(owners) > begin + query.size
        return Answer(owners[begin : begin + query.size], total or 0, counts, more)

    def begin_with(
        self, reach: Reach, words: Sequence[str], sources: Collection[str], size: int
    ) -> list[str]:
        self._insist()
        begun = " & ".join([*(quoted(word) for word in words[:-1]), f"{quoted(words[-1])}:*"])
        found = (
            select(SearchDocument.owner)
            .where(
                *clauses.reached(reach),
                *clauses.marks_of({"source": frozenset(sources)}),
                SearchDocument.starts.bool_op("@@")(clauses.tsquery(begun)),
            )
            .order_by(SearchDocument.published_at.desc(), SearchDocument.owner.desc())
            .limit(size)
        )
        return list(db.session.scalars(found))

    def near(self, reach: Reach, stem: str, size: int) -> list[str]:
        self._insist()
        if not _has_trigrams():
            return []
        alike = func.word_similarity(stem, SearchDocument.spelling)
        found = (
            select(SearchDocument.owner)
            .where(*clauses.reached(reach), alike >= ALIKE)
            .order_by(alike.desc(), SearchDocument.owner)
            .limit(size)
        )
        return list(db.session.scalars(found))

    def _insist(self) -> None:
        if not self.ready():
            raise EngineDown


def _place_after(owners: list[str], last: str | None) -> int:
    if last is None:
        return 0
    return owners.index(last) + 1 if last in owners else len(owners)


def _counted(query: Select[str, int]) -> dict[str, int]:
    return {row[0].partition("=")[2]: row[1] for row in db.session.execute(query)}


@command
def _write(gone: Collection[str], documents: Sequence[Document]) -> None:
    owners = {*gone, *(document.owner for document in documents)}
    db.session.execute(delete(SearchDocument).where(SearchDocument.owner.in_(sorted(owners))))
    for document in documents:
        db.session.execute(insert(SearchDocument).values(row(document)))


@command
def _empty() -> None:
    db.session.execute(delete(SearchDocument))


@command
def _forget_state() -> None:
    db.session.execute(delete(SearchState))


@command
def _keep_state() -> None:
    db.session.execute(insert(SearchState).values(layout=LAYOUT))


@command
def _with_trigrams() -> None:
    """Trigrams come with PostgreSQL, but not every operator lets an application switch them on."""
    try:
        with db.session.begin_nested():
            db.session.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            db.session.execute(
                text(
                    "CREATE INDEX IF NOT EXISTS ix_search_document_spelling ON search_document"
                    " USING gin (spelling gin_trgm_ops)"
                )
            )
    except DBAPIError:
        return


def _has_trigrams() -> bool:
    there = select(literal(1)).select_from(text("pg_extension")).where(text("extname = 'pg_trgm'"))
    return db.session.scalar(there) is not None
