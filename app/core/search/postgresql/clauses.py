"""A query as SQL: the reach, the clauses, the marks and the dates, each one condition."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import (
    CTE,
    REAL,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from app.core.search.port import A_COPY, OF_A_COPY, Alternative, Clause, Query, Reach
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


def marks_of(marks: Mapping[str, frozenset[str]]) -> list[ColumnElement[bool]]:
    return [
        SearchDocument.marks.bool_op("@@")(
            tsquery(" | ".join(quoted(f"{facet}={value}") for value in sorted(values)) or "'no=mark'")
        )
        for facet, values in marks.items()
    ]


def matching(query: Query) -> list[ColumnElement[bool]]:
    """Every condition of a query."""
    conditions = [*reached(query.reach), *marks_of(query.marks)]
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
    facet, value = A_COPY
    whole = case((marks_of({facet: frozenset({value})})[0], OF_A_COPY), else_=1.0)
    # As PostgreSQL's own measure would, but by the words of title and text alone, without the files'.
    return cast(rank * whole / (func.ln(SearchDocument.length + 1) / func.ln(2)), REAL)


def answering(query: Query, size: int) -> CompoundSelect[str, str, int]:
    """All of an answer in one statement, so that what matches is found once.

    Rows of `what`, `name`, `number`: each owner with its place, the total, and for each facet that is counted
    its marks with their numbers, where that facet's own filter is left out.
    """
    found = _found(query)
    passing = [found.c[f"is_{facet}"] for facet in query.marks]
    parts: list[Select[str, str, int]] = [select(literal("total"), literal(""), func.count()).where(*passing)]
    parts[0] = parts[0].select_from(found)
    if size:
        best = (found.c.score.desc(), found.c.published_at.desc(), found.c.owner.desc())
        place = func.row_number().over(order_by=best)
        page = (
            select(found.c.owner, place.label("place")).where(*passing).order_by(*best).limit(size).subquery()
        )
        parts.append(select(literal("owner"), page.c.owner, page.c.place))
    free = [facet for facet in query.count if facet not in query.marks]
    parts += [_counted(found, free, passing)] if free else []
    for facet in query.count:
        if facet in query.marks:
            others = [found.c[f"is_{other}"] for other in query.marks if other != facet]
            parts.append(_counted(found, [facet], others))
    return union_all(*parts)


def _found(query: Query) -> CTE:
    """What matches, whether or not it passes the filters: each of them is a column of its own."""
    passes = {facet: marks_of({facet: values})[0] for facet, values in query.marks.items()}
    rank = score(query)
    ranked = case((and_(*passes.values()), rank), else_=0.0) if passes else rank
    columns = [condition.label(f"is_{facet}") for facet, condition in passes.items()]
    wanted = select(
        SearchDocument.owner,
        SearchDocument.published_at,
        SearchDocument.marks,
        ranked.label("score"),
        *columns,
    )
    conditions = matching(replace(query, marks={}))
    # With nothing counted beside them the filters may use their index.
    return wanted.where(*conditions, *(() if query.count else passes.values())).cte("found")


def _counted(
    found: CTE, facets: Sequence[str], passing: Sequence[ColumnElement[bool]]
) -> Select[str, str, int]:
    mark = func.unnest(func.tsvector_to_array(found.c.marks)).label("mark")
    marks = select(mark).where(*passing).subquery()
    counted = func.split_part(marks.c.mark, "=", 1).in_(facets)
    return select(literal("mark"), marks.c.mark, func.count()).where(counted).group_by(marks.c.mark)
