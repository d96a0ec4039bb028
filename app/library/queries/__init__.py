"""The library as a viewer reaches it, split by noun."""

from app.library.queries.browsing import Narrow, how_many, rows_of, shelf, shown_beside, standards_on
from app.library.queries.collections import collections_of, get_collection, items_of, to_add_to
from app.library.queries.evidence import Evidence, counts_of, evidence_on
from app.library.queries.guessing import Guess, guess, guess_with, title_of
from app.library.queries.inside import Inside, look_inside, standards_said, words_in
from app.library.queries.requests import (
    answered_with,
    answers_to,
    fitting,
    is_answer,
    needed,
    needed_by,
    needs_too,
)
from app.library.queries.resources import (
    Lineage,
    attribution_of,
    default_licence,
    drivers_to_name,
    get_resource,
    get_version,
    lineage_of,
    resources_by,
    sources_of,
    spaces_to_fill,
    versions_of,
)
from app.library.queries.suggesting import (
    get_suggestion,
    my_suggestion,
    suggested_by,
    suggestions_on,
)
from app.library.queries.using import get_use, own_uses

__all__ = [
    "Evidence",
    "Guess",
    "Inside",
    "Lineage",
    "Narrow",
    "answered_with",
    "answers_to",
    "attribution_of",
    "collections_of",
    "counts_of",
    "default_licence",
    "drivers_to_name",
    "evidence_on",
    "fitting",
    "get_collection",
    "get_resource",
    "get_suggestion",
    "get_use",
    "get_version",
    "guess",
    "guess_with",
    "how_many",
    "is_answer",
    "items_of",
    "lineage_of",
    "look_inside",
    "my_suggestion",
    "needed",
    "needed_by",
    "needs_too",
    "own_uses",
    "resources_by",
    "rows_of",
    "shelf",
    "shown_beside",
    "sources_of",
    "spaces_to_fill",
    "standards_on",
    "standards_said",
    "suggested_by",
    "suggestions_on",
    "title_of",
    "to_add_to",
    "versions_of",
    "words_in",
]
