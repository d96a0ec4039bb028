"""Addresses for mail: whole ones, from the address that the operator gave, never from a request's Host."""

from typing import Any

from flask import current_app


def whole_address(endpoint: str, **values: Any) -> str:
    """The address of a page, as in `https://network.example.org/reset/…`; works without a request."""
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    return base + current_app.url_map.bind("").build(endpoint, values)
