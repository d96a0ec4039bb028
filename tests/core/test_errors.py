"""Errors: a sentence for a person in the form that fits, and nothing else."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError

from app.core import assets, db, design, errors, limits, logs, security
from app.core.access import Forbidden, NotFound, NotSignedIn
from app.core.db import Busy
from app.core.files import Refused, StorageFull
from app.core.limits import limited, limiter
from app.core.text import TooLong
from tests.core.tiny import tiny_app

CANARY = "CNRY-secret"


def raising(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


@limited("1/hour", methods=("GET",))
def often() -> str:
    return "ok"


TROUBLES: dict[str, tuple[Exception, int]] = {
    "missing": (NotFound(), 404),
    "forbidden": (Forbidden(), 403),
    "signed-out": (NotSignedIn(), 401),
    "token": (CSRFError(CANARY), 400),
    "busy": (Busy(), 503),
    "locked": (OperationalError("x", {}, Exception("database is locked")), 503),
    "full-database": (OperationalError(CANARY, {}, Exception("database or disk is full")), 507),
    "full-disk": (OSError(errno.ENOSPC, CANARY), 507),
    "full-store": (StorageFull(), 507),
    "refused": (Refused("This file is empty."), 422),
    "too-long": (TooLong(200), 422),
    "bug": (ValueError(CANARY), 500),
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    parts = (db, logs, security, limits, assets, design, errors)
    app = tiny_app(tmp_path, *parts, PROPAGATE_EXCEPTIONS=False)
    for name, (error, _code) in TROUBLES.items():
        app.add_url_rule(f"/{name}", name, raising(error), methods=["GET", "POST"])
    app.add_url_rule("/own-words", "own_words", lambda: abort(400, "Please choose a <b>date</b>."))
    app.add_url_rule("/form", "form", lambda: request.form["nothing"], methods=["GET"])
    app.add_url_rule("/often", "often", often)
    with app.app_context():
        limiter.reset()
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("name", TROUBLES)
def test_a_page_for_people(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/{name}", headers={"Accept": "text/html"})
    assert answer.status_code == TROUBLES[name][1]
    assert answer.mimetype == "text/html"
    assert "<h1>" in answer.text
    assert CANARY not in answer.text
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize(
    "headers",
    [{"HX-Request": "true"}, {"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}],
    ids=["fragment", "json", "script"],
)
def test_a_sentence_for_scripts(client: FlaskClient, name: str, headers: dict[str, str]) -> None:
    answer = client.get(f"/{name}", headers=headers)
    assert answer.status_code == TROUBLES[name][1]
    assert answer.json
    assert list(answer.json) == ["error"]
    assert answer.json["error"].endswith(".")
    assert CANARY not in answer.text


def test_our_own_words_are_told_and_escaped(client: FlaskClient) -> None:
    assert "Please choose a &lt;b&gt;date&lt;/b&gt;." in client.get("/own-words").text
    answer = client.get("/own-words", headers={"HX-Request": "true"})
    assert answer.json == {"error": "Please choose a <b>date</b>."}


def test_every_sentence_has_its_page(app: Flask) -> None:
    for code in errors.SENTENCES:
        app.jinja_env.get_template(f"core/errors/{code}.html")


def test_the_librarys_words_are_not(client: FlaskClient) -> None:
    assert "browser (or proxy)" not in client.get("/form").text
    assert "Not Found" not in client.get("/nowhere", headers={"HX-Request": "1"}).text


def test_when_to_come_back(client: FlaskClient) -> None:
    assert client.get("/busy").headers["Retry-After"] == "5"
    client.get("/often")
    limited_answer = client.get("/often", headers={"HX-Request": "1"})
    assert limited_answer.status_code == 429
    assert limited_answer.headers["Retry-After"] == "3600"
    assert "1 per" not in limited_answer.text


def test_wrong_methods_say_which_are_right(client: FlaskClient) -> None:
    answer = client.delete("/busy")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_redirect_is_no_error(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/tidy/", "tidy", lambda: "ok")
    assert client.get("/tidy").status_code == 308


def test_an_error_while_showing_the_error_still_answers(app: Flask, client: FlaskClient) -> None:
    def broken() -> dict[str, str]:
        raise RuntimeError(CANARY)

    app.context_processor(broken)
    answer = client.get("/bug")
    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.text
    assert CANARY not in answer.text
