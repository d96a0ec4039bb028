"""Metrics for Prometheus at `/metrics`: numbers only, nothing about people.

Rules: open to this machine, or with the operator's token; a request that came through a proxy is never this
machine. Labels are endpoints and statuses, whose number is bounded.
Neighbours: `logs` measures requests; others register what they know with `gauge`; `jobs` counts its runs.
"""

import hmac
from collections.abc import Callable
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from app.core import outbox
from app.core.access import NotFound, public
from app.core.doors import closed
from app.core.logs import on_request

registry = CollectorRegistry()
REQUESTS = Counter(
    "throughline_requests", "Answers by route", ["method", "route", "status"], registry=registry
)
SECONDS = Histogram("throughline_request_seconds", "Time to an answer", ["route"], registry=registry)
JOBS = Counter("throughline_jobs", "Runs of jobs by outcome", ["job", "outcome"], registry=registry)

blueprint = Blueprint("metrics", __name__)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_gauges: dict[str, tuple[Gauge, Callable[[], float]]] = {}


def gauge(name: str, meaning: str, read: Callable[[], float]) -> None:
    """Offer a number that is read at each visit: sockets open, rows waiting. A second call replaces it."""
    known = _gauges.get(name)
    _gauges[name] = (known[0] if known else Gauge(f"throughline_{name}", meaning, registry=registry), read)


def init_app(app: Flask) -> None:
    """Open `/metrics`, with what core itself knows."""
    gauge("outbox_waiting", "Outbox rows that wait for the worker", lambda: float(outbox.lag()[0]))
    gauge("outbox_lag_seconds", "Age of the oldest outbox row that waits", lambda: outbox.lag()[1])
    gauge("sockets_open", "Live connections to this process", lambda: float(_sockets()))
    app.register_blueprint(blueprint)


@blueprint.get("/metrics")
@public
@closed("numbers only")
def metrics() -> Response:
    """What Prometheus reads."""
    if not (_from_this_machine() or _has_token()):
        raise NotFound
    for known, read in _gauges.values():
        try:
            known.set(read())
        except Exception:
            # One number that cannot be had must not hide the others.
            known.set(float("nan"))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@on_request
def _measure(method: str, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method if method in _METHODS else "other", route, status).inc()
    SECONDS.labels(route).observe(seconds)


def _sockets() -> int:
    from app.core.realtime.seats import seats

    return seats.open_count()


def _from_this_machine() -> bool:
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has_token() -> bool:
    expected = current_app.config.get("METRICS_TOKEN")
    given = request.headers.get("Authorization", "")
    return bool(expected) and hmac.compare_digest(given.encode(), f"Bearer {expected}".encode())
