"""An application with a page, a form, an upload and a door for machines."""

from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient

from app.core import security
from app.core.security import body_limit, csrf_exempt, edge
from tests.core.tiny import tiny_app

PAGE = """<!doctype html><p>{{ csp_nonce() }} {{ csp_nonce() }}</p>
<input name=csrf_token value={{ csrf_token() }}>"""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = tiny_app(tmp_path, security, edge, SERVER_NAME=None)
    app.add_url_rule("/page", "page", lambda: render_template_string(PAGE))
    app.add_url_rule("/own", "own", lambda: ("x", {"Content-Security-Policy": "default-src 'none'; sandbox"}))
    app.add_url_rule("/data", "data", lambda: {"a": 1})
    app.add_url_rule("/fails", "fails", lambda: 1 / 0)
    app.add_url_rule(
        "/change", "change", lambda: f"changed {len(request.form)}", methods=["POST", "PUT", "DELETE"]
    )
    app.add_url_rule(
        "/upload", "upload", body_limit()(lambda: str(len(request.get_data()))), methods=["POST"]
    )
    app.add_url_rule(
        "/unsubscribe", "machines", csrf_exempt("carries its own token")(lambda: "ok"), methods=["POST"]
    )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
