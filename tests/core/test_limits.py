"""Rates: by account where somebody is signed in, by address before that."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import limits
from app.core.limits import allowed, limited, limiter
from tests.core.tiny import tiny_app


@limited("3/minute")
def post() -> str:
    return "ok"


@limited("2/minute", shared="letters")
def letter() -> str:
    return "sent"


@limited("2/minute", shared="letters")
def parcel() -> str:
    return "sent"


@limited("1/minute")
def free() -> str:
    return "ok"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = tiny_app(tmp_path, limits)
    app.add_url_rule("/post", "post", post, methods=["GET", "POST"])
    app.add_url_rule("/letter", "letter", letter, methods=["POST"])
    app.add_url_rule("/parcel", "parcel", parcel, methods=["POST"])
    with app.app_context():
        limiter.reset()
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def statuses(client: FlaskClient, times: int, **headers: str) -> list[int]:
    return [client.post("/post", headers=headers).status_code for _ in range(times)]


def test_one_account_is_stopped_and_told_when_to_return(client: FlaskClient) -> None:
    assert statuses(client, 4, **{"X-Somebody": "1"}) == [200, 200, 200, 429]


def test_eighty_teachers_behind_one_address_are_not(client: FlaskClient) -> None:
    for number in range(1, 81):
        assert statuses(client, 3, **{"X-Somebody": str(number)}) == [200, 200, 200]


def test_one_account_counts_once_from_two_addresses(client: FlaskClient) -> None:
    for last in range(4):
        answer = client.post(
            "/post", headers={"X-Somebody": "1"}, environ_base={"REMOTE_ADDR": f"10.0.0.{last}"}
        )
    assert answer.status_code == 429


def test_before_sign_in_the_address_counts(client: FlaskClient) -> None:
    assert statuses(client, 4)[-1] == 429
    assert client.post("/post", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
    assert client.post("/post", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 429


def test_reading_does_not_count(client: FlaskClient) -> None:
    assert {client.get("/post").status_code for _ in range(9)} == {200}
    assert statuses(client, 1) == [200]


def test_views_may_share_a_rate(client: FlaskClient) -> None:
    assert [client.post(path).status_code for path in ("/letter", "/parcel", "/letter")] == [200, 200, 429]


def test_live_events_count_too(app: Flask) -> None:
    with app.app_context():
        assert [allowed("reply", "2/minute", "account:1") for _ in range(3)] == [True, True, False]
        assert allowed("reply", "2/minute", "account:2")
        app.config["RATELIMIT_ENABLED"] = False
        assert allowed("reply", "2/minute", "account:1")


def test_switched_off_nothing_is_counted(tmp_path: Path) -> None:
    app = tiny_app(tmp_path, limits, RATELIMIT_ENABLED=False)
    app.add_url_rule("/free", "free", free, methods=["POST"])
    assert [app.test_client().post("/free").status_code for _ in range(3)] == [200, 200, 200]
