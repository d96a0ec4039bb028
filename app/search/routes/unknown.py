"""What to say about a limit that names nothing, and the questions that were perhaps meant."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.addresses import path_for
from app.networks.models import Network
from app.search.queries.language import Asked
from app.search.queries.reach import Unknown

SENTENCES: Mapping[str, Any] = {
    "from": _l("Nobody here is called “%(value)s”."),
    "in": _l("There is no group called “%(value)s”."),
    "kind": _l("There is no kind called “%(value)s”."),
    "grade": _l("There is no grade “%(value)s”. Write it like 7 or K."),
    "standard": _l("There is no standard “%(value)s” on your network's lists."),
    "outcome": _l("We don't know the outcome “%(value)s”."),
}
EXAMPLES: Mapping[str, str] = {
    "from": "from:ana",
    "in": "in:ratios",
    "kind": "kind:question",
    "grade": "grade:7",
    "standard": "standard:6.SP.B.4",
    "outcome": "outcome:worked",
    "before": "before:yesterday",
    "after": "after:2026-09-01",
    "has": "has:file",
}


def unknown_of(network: Network, asked: Asked, unknown: list[Unknown]) -> list[dict[str, Any]]:
    """For each a sentence, and links: the question with what may have been meant in its place."""
    return [
        {
            "sentence": _sentence(each),
            "links": [
                {"label": name, "url": path_for("search.index", network=network.slug, q=meant.text)}
                for name in each.near
                for meant in [asked.meaning(each.limit, name)]
            ],
        }
        for each in unknown
    ]


def _sentence(unknown: Unknown) -> str:
    limit = unknown.limit
    if not limit.value:
        return _(
            "Something is missing after “%(name)s:”. Write it like %(example)s.",
            name=limit.name,
            example=EXAMPLES[limit.name],
        )
    return str(SENTENCES[limit.name]) % {"value": limit.value}
