"""Replying from what a client sent, the same for a form, the page's script and the socket.

Every refusal is a sentence that says what happened and that what was typed is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.contributions.actions.attaching import TooManyFiles
from app.contributions.actions.editing import Unchanged
from app.contributions.actions.holding import TooSoon
from app.contributions.actions.once import KeyReused, is_key
from app.contributions.actions.pace import SaidBefore
from app.contributions.actions.posting import post_reply
from app.contributions.actions.quoting import BadExcerpt, Excerpt
from app.contributions.actions.sealing import NotSealable, NotSure, take_names_out
from app.contributions.actions.sending import sent_with
from app.contributions.models import Contribution
from app.contributions.policy import is_sealed_by
from app.contributions.queries import get_root
from app.contributions.queries.replies import reply_row
from app.core import streams, text
from app.core.access import Forbidden, NotFound, along
from app.core.db import NoRoom, NotWritten
from app.core.limits import TooFast
from app.networks.models import Member
from app.privacy.actions import decided_by
from app.privacy.actions.deciding import FIELD

REPLIES = "120/minute"
"""How often one person may reply, by any door."""


@dataclass(frozen=True)
class Made:
    """A reply that stands, and what the client is told of it."""

    reply: Contribution
    said: dict[str, Any]


@dataclass(frozen=True)
class Problem:
    sentence: str
    status: int


def reply_from(
    viewer: Member, root_id: int, data: object, *, header_key: str | None = None
) -> tuple[Made, None] | tuple[None, Problem]:
    """Post the reply that `data` describes; either it stands, or there is a problem to tell.

    Raises StudentData for what the author has not decided on.
    """
    try:
        fields = _fields(data, header_key)
        with decided_by(_decided(data)), sent_with(data):
            root = get_root(viewer, root_id)
            if is_sealed_by(viewer, root):
                _without_name(viewer, fields, data)
            reply = post_reply(viewer, root, **fields)
        return Made(reply, said_of(reply)), None
    except Exception as error:
        return None, problem_of(error, viewer)


def said_of(reply: Contribution) -> dict[str, Any]:
    """`{id, position, seq, html}`: the real row that replaces the sender's own."""
    row = reply_row(reply.id, own=reply.state == "held")
    html = render_template("contributions/_reply.html", reply=row, children=[]) if row else ""
    stream = f"contribution:{reply.root_id}"
    return {"id": reply.id, "position": reply.position, "seq": streams.seqs([stream])[stream], "html": html}


def _decided(data: object) -> list[str]:
    given = (
        data.getlist(FIELD)
        if hasattr(data, "getlist")
        else data.get(FIELD)
        if isinstance(data, Mapping)
        else []
    )
    return given if isinstance(given, list) else []


def _without_name(viewer: Member, fields: dict[str, Any], data: Any) -> None:
    """In one's own sealed talk one answers without a name, unless one said twice that one does not."""
    fields["named"] = data.get("named") == "1"
    if not fields["named"]:
        take_names_out(viewer, fields["file_keys"])
    elif data.get("sure") != "1":
        raise NotSure


class BadField(ValueError):
    """A field of the wrong type: not something that our own page sends."""


def _fields(data: object, header_key: str | None) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise BadField
    html = data.get("html")
    plain = data.get("text")
    if not _is_text(html or "") or not _is_text(plain or ""):
        raise BadField
    key = header_key or data.get("key")
    if key is not None and key != "" and not is_key(key):
        raise BadField
    return {
        "html": html or (text.from_plain(plain) if plain else ""),
        "parent_id": _number(data.get("parent_id")),
        "file_keys": _words(data, "file_keys"),
        "file_alts": _words(data, "file_alts"),
        "excerpt": _excerpt(data),
        "key": key or None,
    }


def _is_text(value: object) -> bool:
    """A string that can be written down: JSON can carry halves of a character."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(value: object) -> int | None:
    if value in (None, ""):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 18:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**62:
        return value
    raise BadField


def _excerpt(data: Mapping[str, Any]) -> Excerpt | None:
    """`quote: {quote_id, from, to}`, or the three as fields of a form."""
    given = data.get("quote")
    if given is None:
        given = {name: data.get(f"quote_{name}") for name in ("id", "from", "to")}
        given["quote_id"] = given.pop("id")
    if not isinstance(given, Mapping):
        raise BadField
    numbers = [_offset(given.get(name)) for name in ("quote_id", "from", "to")]
    if numbers[0] is None:
        return None
    if None in numbers:
        raise BadField
    return Excerpt(*(number or 0 for number in numbers))


def _offset(value: object) -> int | None:
    """A number from 0 on."""
    return 0 if value in (0, "0") and not isinstance(value, bool) else _number(value)


def _words(data: Mapping[str, Any], name: str) -> list[str]:
    """A field that may come several times."""
    words = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
    if not isinstance(words, list) or not all(_is_text(word) for word in words):
        raise BadField
    return words


_SENTENCES: tuple[tuple[type[Exception], Any, int], ...] = (
    (KeyReused, _l("This was sent before with other words. Please reload the page."), 422),
    (TooManyFiles, _l("That is more files than fit on one post. Please take a few away."), 422),
    (BadExcerpt, _l("What you quote was changed meanwhile. Please choose the words again."), 422),
    (
        NotSure,
        _l("This answer would show your name in the talk that you began without it. Say that you are sure."),
        422,
    ),
    (UnicodeError, _l("Something in what was sent could not be read. Please reload the page."), 400),
    (BadField, _l("Something in what was sent could not be read. Please reload the page."), 400),
    (NotFound, _l("This is not here any more, or you can no longer see it."), 404),
    (
        Unchanged,
        _l("Nothing has changed yet. Once you have changed the words, it comes back by itself."),
        422,
    ),
    (SaidBefore, _l("You said just this here a moment ago, so it was not sent twice."), 422),
    (Forbidden, _l("You can read this, but not add to it now. Your text is kept here."), 403),
    (TooSoon, _l("This talk goes slowly for now, so that everybody can think. Your text is kept here."), 429),
    (ValueError, _l("Write a few words first, or add a file."), 422),
)
"""The first that fits counts: some of these are ValueErrors."""


def problem_of(error: Exception, viewer: Member | None = None) -> Problem:
    """The sentence and status for what can go wrong when somebody shares; `viewer` where no request says who
    they are. Raises `error` itself, a bug.
    """
    if isinstance(error, Forbidden) and (why := along(viewer)) is not None:
        return Problem(_("%(reason)s Your text is kept here.", reason=why.sentence), 403)
    if isinstance(error, text.TooLong):
        return Problem(_("%(reason)s Your text is kept here.", reason=str(error)), 422)
    if isinstance(error, NotSealable):
        return Problem(_("%(reason)s Your text is kept here.", reason=str(error)), 422)
    if isinstance(error, TooFast):
        return Problem(_("%(reason)s Your text is kept here.", reason=str(error)), 429)
    if isinstance(error, NotWritten):
        return _not_written(error)
    found = (Problem(str(words), status) for kind, words, status in _SENTENCES if isinstance(error, kind))
    if (problem := next(found, None)) is None:
        raise error
    return problem


def _not_written(error: NotWritten) -> Problem:
    if isinstance(error, NoRoom):
        return Problem(
            _("There is no room left on our disk just now. It is kept here; please try again."), 507
        )
    return Problem(_("We could not save this right now. It is kept here; please try again."), 503)
