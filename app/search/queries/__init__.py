"""Reading for search: the language of questions, what a viewer reaches, and the answers."""

from app.search.queries.language import Asked, parse
from app.search.queries.misses import misses_of, worth_keeping
from app.search.queries.results import Found, Line, Wish, find, span_counts
from app.search.queries.suggestions import suggestions
from app.search.queries.synonyms import FIRST, lines_of

__all__ = [
    "FIRST",
    "Asked",
    "Found",
    "Line",
    "Wish",
    "find",
    "lines_of",
    "misses_of",
    "parse",
    "span_counts",
    "suggestions",
    "worth_keeping",
]
