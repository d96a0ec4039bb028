"""Everything that could let a contribution out says whether it does, and through which door."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.core import doors, events
from app.core.access import is_public
from app.core.realtime import registry, sockets
from tests.doors.probes import PROBES

PUBLIC = {
    "accounts.enter",
    "accounts.forgot",
    "accounts.home",
    "accounts.reset",
    "accounts.reset_asked",
    "accounts.sign_in",
    "accounts.answer_email_change",
    "accounts.sign_out",
    "accounts.well_known_change_password",
    "networks.ask",
    "networks.join",
    "networks.send_ask",
    "networks.setup",
    "networks.setup_account",
    "networks.use_link",
    "notifications.unsubscribe",
    "notifications.unsubscribe_now",
    "static",
}
"""What opens without signing in, each on purpose; `MORE_PUBLIC` are prefixes of whole groups."""
MORE_PUBLIC = ("styleguide.", "dev_mail.", "health.", "metrics.")


def ways_out(app: Flask) -> Iterator[tuple[str, Callable[..., Any]]]:
    for endpoint, view in app.view_functions.items():
        yield f"page {endpoint}", view
    for event, handler in sockets.handlers.items():
        yield f"socket {event}", handler
    for kind, deliverer in registry.deliverers().items():
        yield f"live {kind}", deliverer
    for subscriber in events.subscribers():
        # Tests have listeners of their own.
        if subscriber.after and subscriber.name.startswith("app."):
            yield f"outbox {subscriber.name}", subscriber.run


def test_every_way_out_says_which_door_it_is(app: Flask) -> None:
    silent = [name for name, function in ways_out(app) if doors.of(function) is None]
    assert silent == []


def test_an_unmarked_view_would_be_found(app: Flask) -> None:
    assert doors.of(lambda: "") is None


def test_every_door_is_tried(app: Flask) -> None:
    assert doors.names - set(PROBES) == set()


def test_what_is_public_is_so_on_purpose(app: Flask) -> None:
    public = {endpoint for endpoint in app.view_functions if is_public(app, endpoint)}
    surprising = {name for name in public - PUBLIC if not name.startswith(MORE_PUBLIC)}
    assert surprising == set()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_page_opens_without_signing_in(app: Flask, client: Any, world: Any, accept: str) -> None:
    """Every address that is not public answers a stranger with the way in, or 401."""
    values = {
        "network": world.network.slug,
        "slug": "commons",
        "kind": "update",
        "key": "k",
        "reaction": "thanks",
    }
    tried = 0
    for rule in app.url_map.iter_rules():
        if is_public(app, rule.endpoint) or "GET" not in (rule.methods or set()):
            continue
        path = app.url_map.bind("").build(
            rule.endpoint, {name: values.get(name, 1) for name in rule.arguments if name != "act"}
        )
        answer = client.get(path, headers={"Accept": accept})
        tried += 1
        assert answer.status_code in (302, 401), path
        assert answer.status_code == 401 or "/sign-in" in answer.headers["Location"], path
    assert tried > 30
