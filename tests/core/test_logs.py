"""Logs: everything the operator needs, nothing that a person wrote."""

import json
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core import db, logs
from tests.core.tiny import tiny_app

CANARY = "CNRY-note-1-0123456789abcdef"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = tiny_app(tmp_path, db, logs, PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/reset/<token>", "reset", lambda token: "ok", methods=["GET", "POST"])
    app.add_url_rule("/fails/<token>", "fails", _fails, methods=["POST"])
    app.add_url_rule("/reads", "reads", _reads)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _fails(token: str) -> str:
    secret = request.form["text"]
    raise ValueError(f"cannot read {secret} of {token}")


def _reads() -> str:
    for _ in range(3):
        db.db.session.execute(text("SELECT 1"))
    structlog.get_logger().info("in_between")
    db.db.session.remove()
    db.db.engine.dispose()
    return "ok"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def test_a_request_is_one_line(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.post(
        f"/reset/{CANARY}?q={CANARY}", data={"text": CANARY}, headers={"X-Request-ID": CANARY}
    )
    (line,) = lines(capsys)
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "POST", "reset", 200)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert CANARY not in json.dumps(line)
    assert line["ms"] >= 0


def test_ids_are_made_here_and_never_taken(client: FlaskClient) -> None:
    given = [
        client.get("/reset/x", headers={"X-Request-ID": "mine"}).headers["X-Request-ID"] for _ in range(2)
    ]
    assert "mine" not in given
    assert given[0] != given[1]


def test_queries_are_counted_and_the_id_is_in_every_line(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/reads")
    between, request_line = lines(capsys)[-2:]
    assert request_line["queries"] == 3
    assert between["event"] == "in_between"
    assert between["request_id"] == request_line["request_id"]


def test_an_error_is_its_kind_and_its_places(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    assert client.post(f"/fails/{CANARY}", data={"text": CANARY}).status_code == 500
    said = capsys.readouterr()
    assert CANARY not in said.out + said.err
    failed = next(
        line for line in map(json.loads, said.out.splitlines()) if line["event"] == "request_failed"
    )
    assert failed["error"] == "ValueError"
    assert failed["at"][-1].endswith("_fails")


def test_for_developers_the_message_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = tiny_app(tmp_path, logs, PROPAGATE_EXCEPTIONS=False, LOG_FORMAT="text")
    app.add_url_rule("/fails/<token>", "fails", _fails, methods=["POST"])
    app.test_client().post("/fails/x", data={"text": "words"})
    assert "cannot read words of x" in capsys.readouterr().out


def test_an_unknown_address_is_not_quoted(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get(f"/{CANARY}")
    (line,) = lines(capsys)
    assert (line["route"], line["status"]) == ("none", 404)
    assert CANARY not in json.dumps(line)


def test_libraries_speak_up_only_when_something_is_wrong(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    import logging

    logging.getLogger("werkzeug").info("GET /reset/%s", CANARY)
    logging.getLogger("somebody").warning("disk is slow")
    (line,) = lines(capsys)
    assert line["event"] == "disk is slow"


def test_each_request_is_measured_once(client: FlaskClient) -> None:
    seen: list[tuple[str, str, int]] = []
    measure = logs.on_request(lambda method, route, status, _seconds: seen.append((method, route, status)))
    try:
        client.get("/reset/x")
    finally:
        logs._measures.remove(measure)
    assert seen == [("GET", "reset", 200)]
