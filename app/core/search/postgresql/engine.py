"""The port on PostgreSQL: one table, GIN indexes, and trigrams for what was misspelt."""

from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import cast, delete, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import REGCLASS
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
        _tidy()

    def rebuild(self, batches: Callable[[], Iterable[Sequence[Document]]]) -> None:
        """Until the end search says that it is getting ready: half an index is none."""
        _forget_state()
        _empty()
        for batch in batches():
            _write((), batch)
        _with_trigrams()
        _tidy()
        _count_again()
        _keep_state()

    def search(self, query: Query) -> Answer:
        self._insist()
        # A page behind the first is found by the last owner before it, which may be anywhere above.
        deep = DEEPEST if query.after is not None else query.size + 1
        owners: list[tuple[int, str]] = []
        counts: dict[str, dict[str, int]] = {facet: {} for facet in query.count}
        total = 0
        for what, name, number in db.session.execute(clauses.answering(query, deep if query.size else 0)):
            if what == "owner":
                owners.append((number, name))
            elif what == "mark":
                facet, _equals, value = name.partition("=")
                counts[facet][value] = number
            else:
                total = number
        ordered = [owner for _place, owner in sorted(owners)]
        begin = _place_after(ordered, query.after)
        return Answer(ordered[begin : begin + query.size], total, counts, len(ordered) > begin + query.size)

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
        # How to look for a word depends on how frequent it is; one plan for all words is none for most.
        db.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


def _place_after(owners: list[str], last: str | None) -> int:
    if last is None:
        return 0
    return owners.index(last) + 1 if last in owners else len(owners)


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
def _tidy() -> None:
    """New entries go where they belong now, at once; until then each question would look through them."""
    for name in ("words", "marks", "starts", "spelling"):
        index = f"ix_search_document_{name}"
        there = db.session.scalar(select(func.to_regclass(index)))
        if there is not None:
            db.session.execute(select(func.gin_clean_pending_list(cast(index, REGCLASS))))


@command
def _count_again() -> None:
    """The planner guesses from what it once counted; nobody has counted a new table yet."""
    db.session.execute(text("ANALYZE search_document"))


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
