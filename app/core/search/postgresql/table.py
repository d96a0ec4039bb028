"""Documents in the database. The words are cut and stemmed by `core.search.words`, as everywhere.

Rules: `words` holds the title's stems with weight A, the text's with C and its files' with D, with their
places; `marks` and `starts` are sets of lexemes; `spelling` is the folded text, for trigrams. `words` lies in
its row (a migration says so): to fetch it from elsewhere would be most of what ranking costs.
"""

from datetime import datetime

from sqlalchemy import Index, String, Text, cast
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BigId, Model, Moment
from app.core.search import words
from app.core.search.port import Document

LAYOUT = "v4"
Lexemes = TSVECTOR().with_variant(Text(), "sqlite")
FARTHEST = 16_000
"""Words after which PostgreSQL counts no places any more."""


class SearchDocument(Model):
    __tablename__ = "search_document"
    __table_args__ = (
        Index("ix_search_document_words", "words", postgresql_using="gin"),
        Index("ix_search_document_marks", "marks", postgresql_using="gin"),
        Index("ix_search_document_starts", "starts", postgresql_using="gin"),
        Index("ix_search_document_space", "network_id", "space_id"),
        Index("ix_search_document_newest", "network_id", "published_at", "owner"),
    )

    owner: Mapped[str] = mapped_column(String(60), primary_key=True)
    network_id: Mapped[int] = mapped_column(BigId)
    space_id: Mapped[int | None] = mapped_column(BigId)
    published_at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str] = mapped_column(Lexemes)
    length: Mapped[int] = mapped_column()
    """How many words the title and the text have; at least one."""
    marks: Mapped[str] = mapped_column(Lexemes)
    starts: Mapped[str] = mapped_column(Lexemes)
    spelling: Mapped[str] = mapped_column(Text)


class SearchState(Model):
    """One row while the index is whole: the layout that it was made with."""

    __tablename__ = "search_state"

    layout: Mapped[str] = mapped_column(String(10), primary_key=True)


def quoted(lexeme: str) -> str:
    """A lexeme as `tsvector` and `tsquery` read it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def row(document: Document) -> dict[str, object]:
    """A document as a row to insert."""
    title = words.stems(f"{document.title} {' '.join(document.tags)}")
    said, inside = words.stems(document.words), words.stems(document.inside)
    placed = [f"{quoted(stem)}:{place}A" for place, stem in enumerate(title[:FARTHEST], 1)]
    first = len(title) + 2
    placed += [f"{quoted(stem)}:{place}C" for place, stem in enumerate(said[: FARTHEST - first], first)]
    first += len(said) + 2
    near, far = inside[: max(0, FARTHEST - first)], inside[max(0, FARTHEST - first) :]
    placed += [f"{quoted(stem)}:{place}" for place, stem in enumerate(near, first)]
    placed += [quoted(stem) for stem in dict.fromkeys(far)]
    marks = [f"{facet}={value}" for facet, values in document.marks.items() for value in values]
    return {
        "owner": document.owner,
        "network_id": document.network_id,
        "space_id": document.space_id,
        "published_at": document.published_at,
        "words": _lexemes(placed),
        "length": max(1, len(title) + len(said)),
        "marks": _lexemes([quoted(mark) for mark in marks]),
        "starts": _lexemes([quoted(word) for word in words.plain_words(document.starts)]),
        "spelling": " ".join(words.plain_words(f"{document.title} {document.words} {document.inside}")),
    }


def _lexemes(parts: list[str]) -> object:
    return cast(" ".join(parts), TSVECTOR)
