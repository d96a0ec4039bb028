"""Bodies are bounded before they are read."""

from flask import Flask
from flask.testing import FlaskClient

HEADERS = {"X-CSRFToken": "x"}


def test_a_megabyte_is_the_limit(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/change", data={"text": "x" * 300_000}).status_code == 200
    assert client.post("/change", data={"text": "x" * 1_100_000}).status_code == 413


def test_the_body_is_not_read_when_it_says_its_size(client: FlaskClient) -> None:
    class Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

    environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(2**40)}
    assert client.post("/change", environ_overrides=environ).status_code == 413


def test_uploads_have_their_own_limit(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["MAX_UPLOAD_BYTES"] = 2_000_000
    assert client.post("/upload", data=b"x" * 2_500_000).text == "2500000"
    assert client.post("/upload", data=b"x" * 3_100_000).status_code == 413
    assert client.post("/change", data=b"x" * 2_500_000).status_code == 413
