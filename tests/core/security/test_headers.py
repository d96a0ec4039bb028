"""Every answer carries its headers, and a page runs only what it meant to run."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.security.headers import FOR_ALL
from tests.core.tiny import tiny_app


@pytest.mark.parametrize(
    "path", ["/page", "/own", "/data", "/fails", "/nowhere", "/change", "/static/favicon.svg"]
)
def test_on_every_answer(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.get_data() is not None
    for name, value in FOR_ALL.items():
        assert answer.headers.getlist(name) == [value], name
    policies = answer.headers.getlist("Content-Security-Policy")
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'")
    assert "unsafe" not in policies[0]


def test_a_page_has_one_nonce_and_each_page_another(client: FlaskClient) -> None:
    pages = [client.get("/page") for _ in range(2)]
    nonces = [re.search(r"<p>(\S+) (\S+)</p>", page.text) for page in pages]
    assert nonces[0]
    assert nonces[1]
    assert nonces[0][1] == nonces[0][2]
    assert nonces[0][1] != nonces[1][1]
    assert len(nonces[0][1]) >= 22
    assert f"'nonce-{nonces[0][1]}'" in pages[0].headers["Content-Security-Policy"]


def test_what_is_no_page_may_do_nothing(client: FlaskClient) -> None:
    assert "nonce" not in client.get("/data").headers["Content-Security-Policy"]


def test_a_view_keeps_its_own_stricter_policy(client: FlaskClient) -> None:
    assert client.get("/own").headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_pages_are_kept_by_nobody_else(client: FlaskClient) -> None:
    answer = client.get("/page")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "HX-Request"} <= set(answer.vary)


def test_a_strange_host_gets_no_word_into_the_policy(client: FlaskClient) -> None:
    policy = client.get("/page", headers={"Host": "a b;script-src *"}).headers.get(
        "Content-Security-Policy", ""
    )
    assert "*" not in policy
    assert "ws://localhost wss://localhost" in client.get("/page").headers["Content-Security-Policy"]


def test_https_is_remembered_in_production_only(client: FlaskClient, tmp_path: object, app: Flask) -> None:
    from app.core.security import edge

    assert "Strict-Transport-Security" not in client.get("/page").headers
    real = tiny_app(app.config["DATA_DIR"], edge, APP_ENV="production")
    assert (
        real.test_client().get("/nowhere").headers["Strict-Transport-Security"].startswith("max-age=63072000")
    )


@pytest.mark.parametrize(("proxies", "seen"), [(0, "9.9.9.9"), (1, "2.2.2.2"), (2, "1.1.1.1")])
def test_only_our_own_proxies_are_believed(app: Flask, proxies: int, seen: str) -> None:
    from flask import request

    from app.core.security import edge

    proxied = tiny_app(app.config["DATA_DIR"], edge, TRUSTED_PROXIES=proxies)
    proxied.add_url_rule("/who", "who", lambda: str(request.remote_addr))
    headers = {"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}
    assert (
        proxied.test_client().get("/who", headers=headers, environ_base={"REMOTE_ADDR": "9.9.9.9"}).text
        == seen
    )
