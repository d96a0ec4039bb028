"""Journeys drive a real browser against the real processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import FEED, Person, sign_in
from tests.support.browser import launch_arguments
from tests.support.line import Line, WebSockets
from tests.support.servers import Server

NewLine = Callable[..., Line]
HERE = Path(__file__).parent
# A busy machine takes its time; a journey waits for what it sees and never measures it.
expect.set_options(timeout=40_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture(scope="session")
def base_url(request: pytest.FixtureRequest) -> str:
    """The demo's server; with --base-url, one that runs already."""
    given: str | None = request.config.getoption("base_url")
    if given:
        return given
    running: Server = request.getfixturevalue("server")
    return running.url


@pytest.fixture(scope="session")
def _signed_in() -> dict[tuple[str, str], Any]:
    """What the browsers of earlier journeys kept, so that nobody signs in twice."""
    return {}


@pytest.fixture
def person(
    browser: Browser, base_url: str, _signed_in: dict[tuple[str, str], Any]
) -> Iterator[Callable[..., Person]]:
    """Opens a browser for somebody of the demo, on the feed: `person("teacher")`.

    At the end no page may have had an error of its own.
    """
    people: list[Person] = []

    def come(who: str, at: str = FEED, **options: Any) -> Person:
        made = sign_in(browser, base_url, who, _signed_in.get((base_url, who)), **options)
        _signed_in.setdefault((base_url, who), made.context.storage_state())
        people.append(made)
        made.page.goto(at)
        return made

    yield come
    trouble = [(made.name, words) for made in people for words in made.trouble]
    for made in people:
        made.context.close()
    assert not trouble


@pytest.fixture
def line(base_url: str) -> Iterator[NewLine]:
    """Draws lines to the server that a test can cut: `line().url` stands for its address."""
    with ExitStack() as ends:

        def draw(web_sockets: WebSockets = "pass") -> Line:
            drawn = Line(urlsplit(base_url).port or 80, web_sockets)
            ends.callback(drawn.close)
            return drawn

        yield draw
