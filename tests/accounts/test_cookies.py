"""What the cookies say, as people get them in production, and what a form must carry."""

import re

import pytest

from app.accounts import actions
from config import Production
from tests.accounts.conftest import GOOD, is_in, sign_in


@pytest.fixture
def as_in_production(app, monkeypatch):
    """The application with production's cookies and tokens."""
    for name in (
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
    ):
        monkeypatch.setitem(app.config, name, getattr(Production, name))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setitem(app.config, "BASE_URL", "https://network.example.org")
    return app


def token_in(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))[1]


def enter(client, **more):
    secure = {"base_url": "https://network.example.org", "headers": {"Origin": "https://network.example.org"}}
    page = client.get("/sign-in", base_url=secure["base_url"])
    form = {"email": "ada@cedar.example", "password": GOOD, "csrf_token": token_in(page), **more}
    return client.post("/sign-in", data=form, **secure)


def test_cookies_in_production(as_in_production, client, ada):
    lines = enter(client, remember="y").headers.getlist("Set-Cookie")
    named = {line.partition("=")[0]: line for line in lines}
    for name in ("__Host-throughline", "__Host-throughline-device"):
        line = named[name]
        assert "; Secure" in line
        assert "; HttpOnly" in line
        assert "; SameSite=Lax" in line
        assert "; Path=/" in line
        assert "; Domain" not in line, "a __Host- cookie names no domain"


def test_the_theme_is_the_only_cookie_that_scripts_read(as_in_production, client, ada):
    actions.save_profile(ada, name="Ada", time_zone="UTC", language="en", theme="dark")
    lines = enter(client).headers.getlist("Set-Cookie")
    assert [line.partition("=")[0] for line in lines if "HttpOnly" not in line] == ["theme"]


def test_a_form_without_the_token_does_nothing(as_in_production, client, ada):
    assert sign_in(client).status_code == 400
    assert enter(client, csrf_token="x").status_code == 400
    assert not is_in(client)


def test_every_form_carries_its_token(as_in_production, client, ada):
    enter(client)
    secure = "https://network.example.org"
    for path in ("/account/", "/account/email", "/account/password", "/account/data", "/account/delete"):
        page = client.get(path, base_url=secure).get_data(as_text=True)
        assert page.count('method="post"') == len(
            re.findall(r'method="post"[^>]*>\s*<input type="hidden" name="csrf_token"', page)
        ), path


def test_every_post_wants_the_token(as_in_production, client, ada):
    enter(client)
    secure = "https://network.example.org"
    for rule in as_in_production.url_map.iter_rules():
        if rule.endpoint.startswith("accounts.") and "POST" in (rule.methods or ()):
            path = re.sub(r"<[^>]+>", "1", rule.rule)
            assert client.post(path, base_url=secure).status_code == 400, path
    assert client.get("/account/", base_url=secure).status_code == 200


def test_the_token_in_the_cookie_is_signed(client, ada):
    sign_in(client)
    cookie = client.get_cookie("throughline")
    client.set_cookie("throughline", cookie.value[:-2] + "xx")
    assert not is_in(client)
