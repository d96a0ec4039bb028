"""What is remembered is what was given: nothing of one reader's request shows in another's."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core import navigation
from app.core.addresses import path_for
from app.core.remembered import NotRemembered, remembered
from app.core.shell import Face, top_bar

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def template(app: Flask, monkeypatch):
    """Add a template for this test: `template(name, source)`."""
    from jinja2 import ChoiceLoader, DictLoader

    sources: dict[str, str] = {}
    both = ChoiceLoader([DictLoader(sources), app.jinja_env.loader])
    monkeypatch.setattr(app.jinja_env, "loader", both)
    monkeypatch.setitem(app.extensions, "remembered", {})
    return sources.__setitem__


def test_it_renders_once_for_the_same_values(app, template):
    template("once.html", "{{ name }}{{ spy() }}")
    calls = []
    app.jinja_env.globals["spy"] = lambda: calls.append(1) or ""
    with app.test_request_context():
        assert [remembered("once.html", name=name) for name in ("Ana", "Ana", "Ben")] == ["Ana", "Ana", "Ben"]
    assert len(calls) == 2


def test_values_are_escaped(app, template):
    template("name.html", "{{ name }}")
    with app.test_request_context():
        assert remembered("name.html", name="<b>") == "&lt;b&gt;"


def test_each_language_has_its_own(app, template):
    template("language.html", "{{ get_locale() }}")
    with app.test_request_context():
        assert remembered("language.html") == "en"
        with force_locale("es"):
            assert remembered("language.html") == "es"


def test_a_token_is_fresh_each_time_and_opens_the_session(app, template):
    template("form.html", '<input name="csrf_token" value="{{ csrf_token() }}">')
    with app.test_request_context():
        from app.core.security.csrf import csrf_token, unmask

        first, second = (TOKEN.search(remembered("form.html")) for _ in range(2))
        assert first is not None
        assert second is not None
        assert first[1] != second[1]
        assert unmask(first[1]) == unmask(second[1]) == unmask(csrf_token()) != ""


@pytest.mark.parametrize("asked", ["csp_nonce()", "theme()", "navigation('left')", "column('right')"])
def test_what_depends_on_the_request_is_refused(app, template, asked):
    template("asks.html", "{{ " + asked + " }}")
    with app.test_request_context(), pytest.raises(NotRemembered):
        remembered("asks.html")


def test_what_cannot_be_compared_is_refused(app, template):
    template("list.html", "{{ names }}")
    with app.test_request_context(), pytest.raises(TypeError):
        remembered("list.html", names=["Ana"])


def test_each_reader_has_their_own_bar(app):
    class Account:
        def __init__(self, number, name, email):
            self.id, self.name, self.email, self.photo_key = number, name, email, None

    ana, ben = Account(1, "Ana Ruiz", "ana@example.org"), Account(2, "Ben Ellis", "ben@example.org")
    with app.test_request_context():
        bars = [str(top_bar(None, account, "")) for account in (ana, ben, ana)]
    assert ["ana@example.org" in bar for bar in bars] == [True, False, True]
    assert ["Ben Ellis" in bar for bar in bars] == [False, True, False]
    assert Face(1, "Ana Ruiz") != Face(1, "Ana R.")


def test_links_that_look_alike_are_equal(app):
    with app.test_request_context("/account/"):
        assert navigation.links("avatar") == navigation.links("avatar")
        assert hash(navigation.links("avatar")) == hash(navigation.links("avatar"))


def test_paths_are_kept_but_not_what_somebody_typed_at_length(app):
    with app.test_request_context():
        kept = app.extensions["paths"]
        assert path_for("accounts.sign_in") == path_for("accounts.sign_in") == "/sign-in"
        before = len(kept)
        assert path_for("accounts.sign_in", next="x" * 300).endswith("x" * 300)
        assert len(kept) == before
