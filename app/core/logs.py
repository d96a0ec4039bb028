"""Logs: what happened, for the operator, without what people wrote or who they are.

Nouns: a *request id* is made here, never taken from outside, and goes back in `X-Request-ID`; it is in
every line of its request. A *route* is an endpoint's name: addresses may hold tokens, so they are never
logged.
Rules: no bodies, names, addresses of people, tokens or values; an error is its kind and the places it
passed through, without its message in production, because messages quote values.
Neighbours: everything logs through `structlog.get_logger()`; `metrics` counts what this measures.
"""

import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, got_request_exception, request
from sqlalchemy import Engine, event

Line = MutableMapping[str, Any]
Measure = Callable[[str, str, int, float], None]

_OURS = str(Path(__file__).parents[1])
_NO_QUERY = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")
_queries: ContextVar[int] = ContextVar("queries_of_this_request", default=0)
_measures: list[Measure] = []
log = structlog.get_logger()


def on_request(measure: Measure) -> Measure:
    """Hear of each finished request: `(method, endpoint, status, seconds)`."""
    if measure not in _measures:
        _measures.append(measure)
    return measure


def init_app(app: Flask) -> None:
    configure(app.config["LOG_FORMAT"], app.config["LOG_LEVEL"])
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)
    got_request_exception.connect(_failed, app)
    app.log_exception = _say_nothing  # type: ignore[method-assign]


def configure(form: str, level: str) -> None:
    """Send every line to standard output, as JSON or as text."""
    quiet = form == "json"
    last: Any = structlog.processors.JSONRenderer() if quiet else structlog.dev.ConsoleRenderer(colors=False)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages if quiet else _with_messages,
    ]
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _tame_libraries(shared, last)


def query_count() -> int:
    """Queries that this request (or this task) has run so far."""
    return _queries.get()


class _Output(logging.Handler):
    """Standard output, whichever it is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stdout, flush=True)


def _tame_libraries(shared: list[Any], last: Any) -> None:
    """Libraries say what is wrong, in our form; their lines about each request quote addresses."""
    handler = _Output()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _Output)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in ("werkzeug", "engineio", "socketio", "flask-limiter"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Jobs say themselves how they went, without the arguments that the queue would print.
    logging.getLogger("huey").setLevel(logging.CRITICAL)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.request_began = time.perf_counter()
    _queries.set(0)
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(answer: Response) -> Response:
    if "request_began" not in g:
        return answer
    seconds = time.perf_counter() - g.request_began
    route = request.endpoint or "none"
    answer.headers["X-Request-ID"] = g.request_id
    for measure in _measures:
        measure(request.method, route, answer.status_code, seconds)
    log.info(
        "request",
        method=request.method if len(request.method) < 10 else "other",
        route=route,
        status=answer.status_code,
        ms=round(seconds * 1000, 1),
        queries=_queries.get(),
    )
    return answer


def _forget(_error: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request_id")


def _failed(_app: Flask, exception: BaseException, **_more: Any) -> None:
    log.error("request_failed", route=request.endpoint or "none", exc_info=exception)


def _say_nothing(exc_info: object) -> None:
    """Flask's own line quotes the address and the message; `_failed` has written ours."""


def _without_messages(_logger: Any, _method: str, line: Line) -> Line:
    return _with_places(line, messages=False)


def _with_messages(_logger: Any, _method: str, line: Line) -> Line:
    return _with_places(line, messages=True)


def _with_places(line: Line, *, messages: bool) -> Line:
    """Replace `exc_info` by the kind of error and the places that it passed through."""
    given = line.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return line
    line["error"] = type(error).__name__
    line["at"] = _places(error)
    if messages:
        line["message"] = str(error)
    return line


def _places(error: BaseException) -> list[str]:
    """Where it went through our own code, and the last two steps wherever they are."""
    frames = traceback.extract_tb(error.__traceback__)
    told = [frame for frame in frames[:-2] if _OURS in frame.filename][-10:] + list(frames[-2:])
    return [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in told]


@event.listens_for(Engine, "before_cursor_execute")
def _count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if not statement.startswith(_NO_QUERY):
        _queries.set(_queries.get() + 1)
