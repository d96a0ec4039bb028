"""What the author has decided on, beside the verb that they use.

Nouns: a *decision* is the mark of a finding that its author keeps ("It is fine, keep it"). It travels as the
field `privacy_kept` of whatever is sent, in a form or in JSON, so that every verb that shares something
asks, and none has to carry it.
Rules: where nobody sends anything (the worker, the command line, the demo) nobody is asked. A live event has
no form: its handler says what was decided with `decided_by`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import has_request_context, request

from app.privacy.models import Finding

FIELD = "privacy_kept"
MOST = 200
"""Decisions that come with one thing that is sent."""
_SENDS = frozenset({"POST", "PUT", "PATCH"})
_decided: ContextVar[frozenset[str] | None] = ContextVar("privacy_decided", default=None)


class StudentData(Exception):
    """What was to go out looks like a student's, and its author has not decided yet. Nothing was changed."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("undecided")
        self.findings = findings


@contextmanager
def decided_by(marks: object) -> Iterator[None]:
    """Somebody is there to ask, and has decided on these findings (anything but a list of words is none)."""
    token = _decided.set(_marks(marks if isinstance(marks, list) else []))
    try:
        yield
    finally:
        _decided.reset(token)


def decided_here() -> frozenset[str] | None:
    """The decisions that came along; None where nobody is there to ask."""
    said = _decided.get()
    if said is not None:
        return said
    if not has_request_context() or request.method not in _SENDS:
        return None
    if request.is_json:
        data = request.get_json(silent=True)
        given = data.get(FIELD) if isinstance(data, dict) else None
        return _marks(given if isinstance(given, list) else [])
    return _marks(request.form.getlist(FIELD))


def _marks(given: Iterable[object]) -> frozenset[str]:
    """One field may carry several, with spaces between them."""
    words = (word for each in given if isinstance(each, str) for word in each.split())
    return frozenset(word for word, _number in zip(words, range(MOST), strict=False))
