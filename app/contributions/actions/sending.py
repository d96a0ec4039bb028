"""What is being sent, beside the verb that it is sent by, so that its draft ends as it is posted.

Nouns: a *name* is what a form calls the draft that its words came from, `sequence:kind:target` in the field
`draft`. It travels as decisions do (`privacy.actions.deciding`), so that no verb has to carry it.
Rules: words that are not the posted ones are never ended by a post. A form without a name (one from before
this was asked, or whose words were not saved yet) ends a draft of the very same words, and no other.
Neighbours: `drafts.end_draft` asks here.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import has_request_context, request

FIELD = "draft"
_ASIDE = frozenset(
    {FIELD, "csrf_token", "key", "privacy_kept", "sealed", "space", "stays", "after", "filled"}
)
"""Fields that are no words."""
Fields = Mapping[str, list[str]]
_sent: ContextVar[Fields | None] = ContextVar("sent_with", default=None)


@contextmanager
def sent_with(data: object) -> Iterator[None]:
    """A live event has no form: these are its fields."""
    token = _sent.set(_listed(data) if isinstance(data, Mapping) else {})
    try:
        yield
    finally:
        _sent.reset(token)


def sent_here() -> Fields:
    """The fields that came; none where nobody sends anything (the worker, the command line, the demo)."""
    said = _sent.get()
    if said is not None:
        return said
    return _listed(request.form) if has_request_context() else {}


def is_of(sent: Fields, sequence: int, kind: str, target: str) -> bool:
    """Whether what came says that it came from this draft."""
    return f"{sequence}:{kind}:{target}" in sent.get(FIELD, ())


def named_sequence(kind: str, target: str) -> int | None:
    """The number of the draft of this kind and target that what came says it came from."""
    for name in sent_here().get(FIELD, ()):
        number, _colon, rest = name.partition(":")
        if rest == f"{kind}:{target}" and number.isascii() and number.isdigit() and len(number) < 11:
            return int(number)
    return None


def same_words(body: Mapping[str, Any], sent: Fields) -> bool:
    """Whether `sent` says all that a draft's body says, letter by letter; choices aside."""
    return all(
        _said(given) <= _said(sent.get(name, []))
        for name, given in _listed(body).items()
        if name not in _ASIDE
    )


def _listed(data: Mapping[str, Any]) -> Fields:
    if hasattr(data, "getlist"):
        return {name: data.getlist(name) for name in data}
    return {name: given if isinstance(given, list) else [given] for name, given in data.items()}


def _said(values: Sequence[object]) -> set[str]:
    """Without what is blank; a form that the browser sends itself ends its lines in its own way."""
    lines = ("" if value is None else str(value).replace("\r\n", "\n") for value in values)
    return {line for line in lines if line.strip()}
