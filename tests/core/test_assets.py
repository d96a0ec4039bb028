"""Static files: named by the manifest, kept for good when hashed, sent compressed as the build made them."""

import gzip
import json
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import access, assets, compress, security
from app.core.security import edge
from tests.core.tiny import tiny_app

SCRIPT = "console.log('hello');" * 200
HASHED = "app.1F2E3D4C.js"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    dist = tmp_path / "static" / "dist"
    dist.mkdir(parents=True)
    (dist / HASHED).write_text(SCRIPT)
    (dist / f"{HASHED}.br").write_bytes(brotli.compress(SCRIPT.encode()))
    (dist / f"{HASHED}.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (dist / "manifest.json").write_text(json.dumps({"app.js": HASHED}))
    (tmp_path / "static" / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    parts = (security, assets, compress, access, edge)
    app = tiny_app(tmp_path, *parts, static=str(tmp_path / "static"))
    app.add_url_rule("/page", "page", access.public(lambda: "<p>word</p>" * 500))
    app.add_url_rule("/short", "short", access.public(lambda: "<p>word</p>"))
    app.add_url_rule(
        "/file", "file", access.public(lambda: app.response_class("a;b\n" * 900, mimetype="text/csv"))
    )
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_names(app: Flask) -> None:
    with app.app_context():
        assert assets.asset("app.js") == f"/static/dist/{HASHED}"
        assert assets.asset("other.js") == "/static/dist/other.js"


def test_a_new_build_is_noticed(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        assets.asset("app.js")
        (tmp_path / "static" / "dist" / "manifest.json").write_text(json.dumps({"app.js": "app.00000000.js"}))
        assert assets.asset("app.js") == "/static/dist/app.00000000.js"


@pytest.mark.parametrize(("accept", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_hashed_files_are_kept_for_good_and_sent_packed(
    client: FlaskClient, accept: str, encoding: str | None
) -> None:
    with client.get(f"/static/dist/{HASHED}", headers={"Accept-Encoding": accept}) as answer:
        data = answer.data
    assert answer.headers.get("Content-Encoding") == encoding
    assert len(data) < 200 if encoding else data.decode() == SCRIPT
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_other_static_files_may_change(client: FlaskClient) -> None:
    with client.get("/static/favicon.svg") as answer:
        assert answer.headers["Cache-Control"] == "max-age=3600, public"
        assert answer.mimetype == "image/svg+xml"


def test_static_files_need_no_sign_in_also_when_newer_than_the_process(
    client: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "static" / "dist" / "late.AAAAAAAA.js").write_text("late")
    with client.get("/static/dist/late.AAAAAAAA.js") as answer:
        assert answer.text == "late"
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/dist/nothing.js").status_code == 404


def test_pages_travel_packed_and_files_of_people_do_not(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip, br"}
    page = client.get("/page", headers=packed)
    assert page.headers["Content-Encoding"] == "br"
    assert brotli.decompress(page.data) == b"<p>word</p>" * 500
    assert "Accept-Encoding" in page.vary
    assert "Content-Encoding" not in client.get("/short", headers=packed).headers
    assert "Content-Encoding" not in client.get("/file", headers=packed).headers
