"""Signing in without a password: the tests of networks are about what comes after it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.accounts.actions import begin_session
from app.accounts.policy import Browser
from app.core.mail import server
from app.networks.models import Member
from tests.support.clients import Client, apart


@pytest.fixture
def browser_of(new_client: Callable[[], Client]) -> Callable[[Any], Client]:
    """A signed-in browser for a member or an account."""

    def make(person: Any) -> Client:
        account = person.account if isinstance(person, Member) else person
        _session, token = begin_session(account, browser=Browser(), remember=False)
        client = new_client()

        def remember() -> None:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True

        apart(remember)
        return client

    return make


@pytest.fixture
def no_mail_server(app: Any) -> Iterator[None]:
    """No mail server is chosen, and the one that the test chooses is forgotten after it."""
    server.choose(None)
    yield
    server.choose(None)
