"""A browser without a screen: Flask's test client, with each request in a context of its own.

A test holds an application context, for the rows that it makes and reads. A request must not run inside
it, or it would share the test's `g` and session, and with them whoever was signed in last.
"""

import re
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar

from flask import has_app_context
from flask.globals import _cv_app, _cv_request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.db import db

P = ParamSpec("P")
R = TypeVar("R")


def apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `function` as another request would run: without this test's application context.

    Rows that the test made are committed before, and everything it holds is read anew after.
    """

    def run() -> R:
        _cv_app.set(None)  # type: ignore[arg-type]
        _cv_request.set(None)  # type: ignore[arg-type]
        return function(*args, **kwargs)

    if has_app_context():
        db.session.commit()
    try:
        return copy_context().run(run)
    finally:
        if has_app_context():
            db.session.expire_all()


class Client(FlaskClient):
    """A signed-out browser; `follow_redirects` and the rest as in Flask's."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return apart(super().open, *args, **kwargs)


def mark_on(page: str) -> str:
    """The mark of the words on a page that its form sends back."""
    found = re.search(r'(?:name="read" value="|[?]read=)(\w*)"', page)
    return found[1] if found else ""


def signed_in(client: Client, account: Any) -> Client:
    """`client` as the browser of `account`, without the form."""
    from app.accounts.actions import begin_session
    from app.accounts.policy import Browser

    _session, token = begin_session(account, browser=Browser(label="Test"), remember=False)
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return client
