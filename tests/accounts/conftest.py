"""People who sign in, and the mail that they get."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import actions
from app.accounts.models import Account
from app.core.mail import kept
from app.core.mail.folder import Letter
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


def path_in(letter: Letter) -> str:
    """The path of the first link in a mail."""
    return "/" + letter.links[0].split("/", 3)[3]


@pytest.fixture
def letters(app: Flask, outbox: Any) -> Callable[[], list[Letter]]:
    """Runs the outbox; gives the mail that was sent so far, oldest first."""
    shutil.rmtree(app.config["DATA_DIR"] / "mail", ignore_errors=True)

    def read() -> list[Letter]:
        outbox.drain()
        return kept()[::-1]

    return read
