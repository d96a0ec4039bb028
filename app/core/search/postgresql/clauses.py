"""A query as SQL: the reach, the clauses, the marks and the dates, each one condition."""

from collections.abc import Mapping, Sequence

from sqlalchemy import REAL, ColumnElement, Select, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from app.core.search.port import Alternative, Clause, Query, Reach
from app.core.search.postgresql.table import SearchDocument, quoted

_WEIGHTS = [0.1, 0.2, 0.5, 1.0]
"""Of lexemes marked D, C, B and A."""


def reached(reach: Reach) -> list[ColumnElement[bool]]:
    """The documents that the viewer reaches."""
    spaces = sorted(reach.space_ids)
    conditions: list[ColumnElement[bool]] = [
        SearchDocument.network_id == reach.network_id,
        or_(SearchDocument.space_id.is_(None), SearchDocument.space_id.in_(spaces)),
    ]
    if reach.changed:
        conditions.append(SearchDocument.owner.not_in(sorted(reach.changed)))
    return conditions


def tsquery(words: str) -> ColumnElement[str]:
    return cast(words, TSQUERY)


def _alternative(alternative: Alternative) -> str:
    stems = [quoted(stem) for stem in alternative.stems]
    return f"({(' <-> ' if alternative.together else ' & ').join(stems)})"


def _clause(clause: Clause) -> str:
    any_of = " | ".join(_alternative(each) for each in clause.any_of)
    return f"!({any_of})" if clause.never else f"({any_of})"


def words_of(clauses: Sequence[Clause]) -> str:
    """All clauses as one text for `tsquery`; empty when there are none."""
    return " & ".join(_clause(clause) for clause in clauses)


def marks_of(marks: Mapping[str, frozenset[str]], but: str = "") -> list[ColumnElement[bool]]:
    return [
        SearchDocument.marks.bool_op("@@")(
            tsquery(" | ".join(quoted(f"{facet}={value}") for value in sorted(values)) or "'no=mark'")
        )
        for facet, values in marks.items()
        if facet != but
    ]


def matching(query: Query, *, but: str = "") -> list[ColumnElement[bool]]:
    """Every condition of a query; `but` leaves one facet's out."""
    conditions = [*reached(query.reach), *marks_of(query.marks, but)]
    if query.clauses:
        conditions.append(SearchDocument.words.bool_op("@@")(tsquery(words_of(query.clauses))))
    if query.since is not None:
        conditions.append(SearchDocument.published_at >= query.since)
    if query.until is not None:
        conditions.append(SearchDocument.published_at < query.until)
    return conditions


def score(query: Query) -> ColumnElement[float]:
    """How well a document answers: the words of the title count most, long texts a little less."""
    wanted = [clause for clause in query.clauses if not clause.never]
    if query.newest_first or not wanted:
        return literal(0.0)
    any_word = " | ".join(_clause(clause) for clause in wanted)
    rank = func.ts_rank(cast(_WEIGHTS, ARRAY(REAL)), SearchDocument.words, tsquery(any_word), 0)
    # As PostgreSQL's own measure would, but by the words of title and text alone, without the files'.
    return cast(rank / (func.ln(SearchDocument.length + 1) / func.ln(2)), REAL)


def counting(query: Query, facet: str) -> Select[str, int]:
    """The values of a facet among what matches, with their numbers."""
    marks = (
        select(func.unnest(func.tsvector_to_array(SearchDocument.marks)).label("mark"))
        .where(*matching(query, but=facet))
        .subquery()
    )
    return (
        select(marks.c.mark, func.count())
        .where(marks.c.mark.startswith(f"{facet}=", autoescape=True))
        .group_by(marks.c.mark)
    )
