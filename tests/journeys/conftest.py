"""Journeys drive a real browser against the real processes."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import launch_arguments
from tests.support.servers import Server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url
