"""What machines ask for: health, metrics, well-known addresses."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db, files, health, logs, metrics
from tests.core.tiny import tiny_app, with_tables


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(health, "_checks", {name: health._checks[name] for name in ("database", "files")})
    yield from with_tables(tiny_app(tmp_path, db, logs, files, health, metrics))  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_up(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"ok": True}


def test_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"ok": True, "checks": {"database": "ok", "files": "ok"}},
    )


def test_not_ready_names_what_is_down_and_not_why(client: FlaskClient) -> None:
    @health.check("search")
    def broken() -> bool:
        raise RuntimeError("password=secret")

    health.check("mail")(lambda: False)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["checks"] == {"database": "ok", "files": "ok", "search": "down", "mail": "down"}
    assert "secret" not in answer.text


def test_up_does_not_touch_the_database(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/healthz")
    assert '"queries": 0' in capsys.readouterr().out


def test_metrics_count_requests(client: FlaskClient) -> None:
    client.get("/healthz")
    metrics.gauge("test_number", "A number", lambda: 7.0)
    metrics.gauge("test_broken", "A number that cannot be had", lambda: 1 / 0)
    answer = client.get("/metrics")
    assert 'throughline_requests_total{method="GET",route="health.healthz",status="200"}' in answer.text
    assert "throughline_test_number 7.0" in answer.text
    assert "throughline_outbox_waiting 0.0" in answer.text
    assert "throughline_sockets_open " in answer.text
    assert "throughline_test_broken NaN" in answer.text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.5", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.5"}, 404),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.5"}, 404),
        ("10.0.0.5", {"Authorization": "Bearer let-me-in"}, 200),
        ("10.0.0.5", {"Authorization": "Bearer wrong"}, 404),
        ("10.0.0.5", {"Authorization": "Bearer "}, 404),
        ("10.0.0.5", {"Authorization": "Bearer é"}, 404),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(
    app: Flask, client: FlaskClient, address: str, headers: dict[str, str], status: int
) -> None:
    app.config["METRICS_TOKEN"] = "let-me-in"
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


def test_without_a_token_no_token_opens(client: FlaskClient) -> None:
    headers = {"Authorization": "Bearer None"}
    assert (
        client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.5"}).status_code == 404
    )
    headers = {"Authorization": "Bearer "}
    assert (
        client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.5"}).status_code == 404
    )


def test_search_engines_stay_out(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_how_to_report_a_weakness(client: FlaskClient) -> None:
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.mimetype == "text/plain"
    assert fields["Contact"] == "mailto:throughline@localhost"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%S%z")
    assert 30 < (expires - clock.now()).days < 365
