"""Unsafe requests need the page's token and come from the page's site."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.security.csrf import mask, unmask


def token(client: FlaskClient) -> str:
    found = re.search(r"value=(\S+)>", client.get("/page").text)
    assert found
    return found[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_without_a_token_nothing_happens(client: FlaskClient, method: str) -> None:
    client.get("/page")
    assert client.open("/change", method=method).status_code == 400
    assert client.open("/change", method=method, data={"csrf_token": "x"}).status_code == 400


def test_with_the_token_in_the_form_or_the_header(client: FlaskClient) -> None:
    assert client.post("/change", data={"csrf_token": token(client)}).text == "changed 1"
    assert client.post("/change", headers={"X-CSRFToken": token(client)}).text == "changed 0"


def test_an_old_page_of_the_same_session_still_sends(client: FlaskClient) -> None:
    old = token(client)
    token(client)
    assert client.post("/change", data={"csrf_token": old}).status_code == 200


def test_the_mask_is_new_each_time_and_the_bare_token_is_not_taken(client: FlaskClient) -> None:
    one, other = token(client), token(client)
    assert one != other
    assert unmask(one).split(".")[0] == unmask(other).split(".")[0]
    assert client.post("/change", data={"csrf_token": unmask(one)}).status_code == 400


def test_another_sessions_token_is_refused(app: Flask, client: FlaskClient) -> None:
    stolen = token(app.test_client())
    client.get("/page")
    assert client.post("/change", data={"csrf_token": stolen}).status_code == 400


@pytest.mark.parametrize(
    "masked",
    ["", "a", "!!", "é", "AAAA", "A" * 4001, mask("x")[:-2]],
    ids=["empty", "letter", "signs", "accent", "padding", "long", "cut"],
)
def test_nonsense_is_no_token(client: FlaskClient, masked: str) -> None:
    client.get("/page")
    assert client.post("/change", data={"csrf_token": masked}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:1"},
    ],
)
def test_from_another_site_the_token_does_not_help(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/change", data={"csrf_token": token(client)}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}]
)
def test_from_our_own_page_it_does(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/change", data={"csrf_token": token(client)}, headers=headers).status_code == 200


def test_our_public_address_counts_as_ours(app: Flask, client: FlaskClient) -> None:
    app.config["BASE_URL"] = "https://network.example.org"
    headers = {"Origin": "https://network.example.org"}
    assert client.post("/change", data={"csrf_token": token(client)}, headers=headers).status_code == 200


def test_machines_come_in_where_they_may(client: FlaskClient) -> None:
    assert client.post("/unsubscribe", headers={"Origin": "https://mail.example"}).text == "ok"


def test_an_unknown_address_is_still_a_404(client: FlaskClient) -> None:
    assert client.post("/nowhere").status_code == 404
