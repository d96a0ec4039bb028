"""People who sign in, and the mail that they get."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.accounts import actions, subscribers
from app.accounts.models import Account
from tests.support.clients import Client

GOOD = "five quiet otters"
OTHER = "seven loud magpies"


@pytest.fixture
def ada(app: Any) -> Account:
    """Somebody with a password."""
    return actions.open_account(email="ada@cedar.example", name="Ada Byrne", password=GOOD)


@pytest.fixture
def bob(app: Any) -> Account:
    """Somebody else."""
    return actions.open_account(email="bob@maple.example", name="Bob Chen", password=OTHER)


def sign_in(
    client: Client, email: str = "ada@cedar.example", password: str = GOOD, **more: Any
) -> TestResponse:
    """Fill in the form and send it."""
    request = {name: more.pop(name) for name in ("headers", "environ_overrides") if name in more}
    return client.post("/sign-in", data={"email": email, "password": password, **more}, **request)


def is_in(client: Client) -> bool:
    """Whether this browser is signed in now."""
    return client.get("/account/").status_code == 200


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The one address in it."""
        return next(word for word in self.text.split() if word.startswith("http"))

    @property
    def path(self) -> str:
        return "/" + self.link.split("/", 3)[3]


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch, outbox: Any) -> Callable[[], list[Letter]]:
    """Runs the outbox; gives the mail that accounts sent so far."""
    sent: list[Letter] = []
    monkeypatch.setattr(
        subscribers, "send_mail", lambda to, subject, text: sent.append(Letter(to, subject, text))
    )

    def read() -> list[Letter]:
        outbox.drain()
        return sent

    return read
