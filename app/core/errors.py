"""Errors, said to a person: what happened, what was kept, what to do next.

Rules: a page gets a page, whatever asks for JSON or a fragment gets `{"error": sentence}`; no answer
tells more than its sentence; an error page needs no database. What we refuse on purpose (a file, a text
too long) is 422. Who only reads along (`access.along`) is told so, and where that leads on.
Neighbours: `core/errors/<code>.html` are the pages; `logs` keeps what the operator needs.
"""

import errno
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, default_exceptions

from app.core.access import Along, along
from app.core.db import NoRoom, NotWritten, db, not_written
from app.core.files.errors import Refused
from app.core.limits import TooFast
from app.core.text import TooLong

SENTENCES: dict[int, Any] = {
    400: _l(
        "That did not come through in one piece. Please reload the page and try again; nothing was changed."
    ),
    401: _l("You are no longer signed in. Please sign in again in another tab, then try again here."),
    403: _l("This is up to somebody else here. Nothing was changed."),
    404: _l("There is nothing here for you to see."),
    405: _l("That is not how this page is used. Please go back and try again from there."),
    413: _l("That is too large to send. Nothing was changed."),
    422: _l("Something in this needs another look. Nothing was changed."),
    429: _l("That was a lot in a short time. Please wait a minute, then go on; nothing was lost."),
    500: _l("Something went wrong on our side. Nothing was changed; please try again in a moment."),
    503: _l("Throughline is busy at this moment. Nothing was lost; please try again in a few seconds."),
    507: _l(
        "There is no room left on our disk just now. Nothing was changed; please try again a little later."
    ),
}
BUSY_SECONDS = 5
_UNTOLD = (CSRFError, RateLimitExceeded)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, lambda _error: answer(500))
    app.register_error_handler(NotWritten, _not_written)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(Refused, lambda error: answer(422, str(error)))
    app.register_error_handler(TooFast, _too_fast)
    app.after_request(_say_when)
    app.register_error_handler(TooLong, lambda error: answer(422, str(error)))


def answer(code: int, sentence: Any = None) -> Response:
    """The answer for an error, in the form that the other side understands."""
    why = along() if code == 403 and sentence is None else None
    if wants_json():
        made = jsonify(error=str(why.sentence if why else sentence or _sentence(code)))
    else:
        made = _page(code, sentence, why)
    made.status_code = code
    return made


def wants_json() -> bool:
    """Whether a sentence in JSON is of more use than a page: scripts, fragments, machines."""
    if "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return True
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if error.response is not None or code < 400:
        return make_response(error.get_response())
    made = answer(code, _told(error))
    if isinstance(error, RateLimitExceeded):
        made.headers["Retry-After"] = str(_wait(error))
    if code == 405 and (allowed := getattr(error, "valid_methods", None)):
        made.headers["Allow"] = ", ".join(sorted(allowed))
    return made


def _not_written(error: NotWritten) -> Response:
    return answer(507 if isinstance(error, NoRoom) else 503)


def _too_fast(error: TooFast) -> Response:
    made = answer(429, _("%(reason)s Nothing was lost.", reason=str(error)))
    made.headers["Retry-After"] = str(error.seconds)
    return made


def _say_when(response: Response) -> Response:
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", str(BUSY_SECONDS))
    return response


def _database(error: OperationalError) -> Response:
    kind = not_written(error)
    if kind is None:
        raise error
    return _not_written(kind())


def _system(error: OSError) -> Response:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return answer(507)
    raise error


def _told(error: HTTPException) -> Any:
    """The sentence that our own code gave along; the library's own words are for programmers."""
    usual = default_exceptions.get(error.code or 0)
    if isinstance(error, _UNTOLD) or error.description is None:
        return None
    return None if usual is not None and error.description == usual.description else error.description


def _sentence(code: int) -> Any:
    return SENTENCES.get(code) or SENTENCES[500 if code >= 500 else 400]


def _page(code: int, sentence: Any, why: Along | None) -> Response:
    nearest = "503" if code >= 500 else "400"
    templates: list[Any] = [f"core/errors/{code}.html", f"core/errors/{nearest}.html"]
    try:
        db.session.rollback()
        return make_response(
            render_template(
                templates,
                message=sentence,
                code=code,
                request_id=g.get("request_id"),
                typed=_typed(code, why),
                why=why,
            )
        )
    except Exception:
        # Whatever broke may break the page too (a database, a half-built front end): then plain words.
        return make_response(f"<!doctype html><title>Throughline</title><p>{escape(_sentence(code))}</p>")


def _typed(code: int, why: Along | None) -> list[str]:
    """The sentences of a form that was refused for haste or on a break, to copy; secrets are none."""
    if (code != 429 and why is None) or request.method != "POST":
        return []
    named = ((name.lower(), value) for name, value in request.form.items(multi=True))
    secret = ("password", "token", "key", "code")
    return [said for name, said in named if " " in said.strip() and not any(word in name for word in secret)]


def _wait(error: RateLimitExceeded) -> int:
    return int(error.limit.limit.get_expiry())
