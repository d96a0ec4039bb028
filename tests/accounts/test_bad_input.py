"""Whatever is sent to a form: a clear answer, and never a 500."""

import json
from pathlib import Path

import pytest

from app.accounts.models import Account
from app.core.text import line
from tests.accounts.conftest import GOOD, sign_in

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty-strings.json"
BAD = {
    "empty": "",
    "blank": " \t\r\n ",
    "nul": "a\x00b",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85",
    "right to left": "\u202eevil\u2066\u2069",
    "zero width": "\u200b\u200d\ufeff",
    "emoji": "👩🏽‍🏫" * 20,
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "sql": "' OR 1=1; DROP TABLE account; --",
    "template": "{{ 7*7 }}${7*7}#{7*7}",
    "format": "%(count)s %s %n {0}",
    "header": "a\r\nBcc: evil@example.org\r\n\r\nhello",
    "not unicode": b"\xff\xfe\xfa",
    "a million": "x" * 1_000_000,
    "a long address": "a" * 64 + "@" + "b" * 180 + ".example",
    "many ats": "@" * 5000,
}
FORMS = {
    "/sign-in": ("email", "password", "remember", "next"),
    "/reset": ("email",),
    "/reset/some-token": ("password",),
    "/account/": ("name", "time_zone", "language", "theme"),
    "/account/email": ("email", "password"),
    "/account/email/some-token": (),
    "/account/password": ("password", "new_password"),
    "/account/delete": ("keep", "password"),
}


@pytest.fixture
def me(client, ada):
    """Ada's browser, signed in."""
    sign_in(client)
    return client


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("bad", BAD)
def test_bad_words_in_every_field(me, new_client, ada, path, bad):
    client = me if path.startswith("/account") else new_client()
    answer = client.post(path, data=dict.fromkeys(FORMS[path], BAD[bad]))
    assert answer.status_code in (303, 410, 413, 422, 429)
    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page
    assert ">49<" not in page
    assert Account.query.filter_by(deleted_at=None).count() == 1


@pytest.mark.parametrize("path", FORMS)
def test_fields_that_are_missing_doubled_or_files(me, ada, path):
    assert me.post(path, data={}).status_code in (303, 410, 422)
    doubled = {name: ["a", "b"] for name in FORMS[path]}
    assert me.post(path, data=doubled).status_code in (303, 410, 422)
    import io

    uploads = {name: (io.BytesIO(b"x"), "x.txt") for name in FORMS[path]}
    answer = me.post(path, data=uploads, content_type="multipart/form-data")
    assert answer.status_code in (303, 410, 422)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("body", ["{", "[]", '{"email": {"a": 1}, "password": ["x"]}', "null"])
def test_json_where_a_form_is_wanted(me, ada, path, body):
    answer = me.post(path, data=body, content_type="application/json")
    assert answer.status_code in (303, 400, 410, 415, 422)


def test_names_that_look_strange_come_back_as_they_were(me, ada):
    strings = [
        "José Ñandú",
        "李小龙",
        "O'Brien-Smith",
        "مريم",
        "Zoë 👩🏽‍🏫",
        "<b>Bold</b>",
        "{{ 7*7 }}",
        "%s",
    ]
    if NAUGHTY.exists():
        strings += [text for text in json.loads(NAUGHTY.read_text()) if 0 < len(text) <= 60][::5]
    form = {"time_zone": "UTC", "language": "en", "theme": "auto"}
    for text in strings:
        answer = me.post("/account/", data={**form, "name": text})
        assert answer.status_code in (303, 422), text
        if answer.status_code == 303:
            assert ada.name == line(text)
    assert me.get("/account/").status_code == 200


def test_a_mail_subject_and_address_take_no_header(me, ada, letters):
    me.post(
        "/account/",
        data={"name": "Ada\r\nBcc: evil@example.org", "time_zone": "UTC", "language": "en", "theme": "auto"},
    )
    me.post("/account/email", data={"email": "new@cedar.example\r\nBcc: evil@example.org", "password": GOOD})
    me.post("/reset", data={"email": "ada@cedar.example\r\nBcc: evil@example.org"})
    me.post("/reset", data={"email": "ada@cedar.example"})
    for letter in letters():
        assert letter.header("Bcc") is None
        assert letter.to == "ada@cedar.example"


def test_a_very_long_browser_name_is_cut(client, ada):
    from app.accounts.queries import sessions_of

    sign_in(client, headers={"User-Agent": "Mozilla " + "x" * 60_000})
    assert len(sessions_of(ada)[0].label) <= 120
