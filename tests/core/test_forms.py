"""The base of every form."""

import io

from wtforms import StringField

from app.core.forms import Form


class NameForm(Form):
    name = StringField()


def test_a_form_reads_what_is_submitted(app):
    with app.test_request_context(method="POST", data={"name": "Ada"}):
        assert NameForm().name.data == "Ada"
        assert NameForm(formdata=None, data={"name": "Bob"}).name.data == "Bob"


def test_a_form_that_only_shows_reads_nothing(app):
    with app.test_request_context("/?name=Ada"):
        assert NameForm(data={"name": "Bob"}).name.data == "Bob"


def test_an_address_fills_in_no_field_of_a_submitted_form(app):
    with app.test_request_context("/?name=Ada", method="POST", data={}):
        assert not NameForm().name.data


def test_a_field_left_out_is_empty_and_not_what_it_was(app):
    with app.test_request_context(method="POST", data={}):
        assert not NameForm(data={"name": "Bob"}).name.raw_data


def test_uploads_and_json_are_no_words(app):
    with app.test_request_context(method="POST", data={"name": (io.BytesIO(b"x"), "x.txt")}):
        assert not NameForm().name.data
    for body in ('{"name": {"a": 1}}', '{"name": ["a"]}', "[]", "null"):
        with app.test_request_context(method="POST", data=body, content_type="application/json"):
            assert not NameForm().name.data


def test_a_form_has_no_token_of_its_own(app):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        with app.test_request_context(method="POST", data={"name": "Ada"}):
            assert list(NameForm()._fields) == ["name"]
            assert NameForm().validate()
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
