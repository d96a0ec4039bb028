"""Bad input to every form: a clear answer or harmless text, never an error page of the server."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from app.networks.actions import add_driver, add_site, ask_to_join, make_invitation, make_setup_link
from app.networks.policy import OPERATOR
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]
ODD = {
    "long": "x" * 300_000,
    "control": "a\x00b\x01\x1b[31m\r\nBcc: x@example.org",
    "right to left": "\u202eevil\u2066\u200b\u200f",
    "invisible": "\u200b\u2060\ufeff",
    "emoji": "👩🏽‍🏫" * 20,
    "sql": "'; DROP TABLE member; --",
    "html": '<script>alert("CNRY")</script><img src=x onerror=alert(1)>',
    "template": "{{7*7}}${7*7}%(name)s{0}%s",
    "surrogate": "\ud800",
    "number": "9" * 400,
    "empty": "",
}
FIELDS = {
    "profile": ("name", "working_on", "can_help_with", "story", "role", "site_id", "grades"),
    "welcome": ("version", "next"),
    "welcome/you": ("story", "role", "site_id", "grades", "photo"),
    "settings/": ("name", "aim", "time_zone", "year_starts"),
    "settings/norms": ("after", "title", "meaning", "example"),
    "settings/sites/": ("name", "short_name", "kind", "parent_id"),
    "settings/sites/many": ("sites", "file"),
    "settings/sites/{site}": ("name", "short_name", "kind", "parent_id"),
    "settings/drivers": ("name", "meaning"),
    "settings/drivers/{driver}": ("name", "meaning"),
    "settings/joining": ("may_ask",),
    "settings/mail": ("host", "port", "security", "username", "password", "sender", "step"),
    "settings/people/{member}": ("role", "site_id", "grades", "is_facilitator", "is_director"),
    "settings/year/": ("step", "role-{member}", "site-{member}", "grades-{member}", "stays-{member}"),
    "invitations/": ("role", "site_id", "days", "max_uses", "makes_facilitator"),
    "invitations/mail": ("people", "role", "site_id", "again", "step"),
    "asks/{asked}/admit": ("role", "site_id"),
    "asks/{asked}/decline": ("reason",),
    "membership/pause": ("anything",),
}
GOOD = {
    "name": "Good",
    "email": "good@example.org",
    "password": "a quiet green pencil",
    "role": "",
    "site_id": "",
    "days": "30",
    "kind": "school",
    "parent_id": "",
    "time_zone": "UTC",
    "year_starts": "8",
    "title": "Good",
    "meaning": "",
    "example": "",
    "version": "1",
    "after": "1",
    "host": "smtp.example.org",
    "port": "587",
    "security": "tls",
    "people": "a@x.org",
}


ALONE = ("long", "surrogate", "html", "number")
"""Tried in each field by itself; every kind is tried in all fields together."""


def odd_forms(fields: tuple[str, ...]) -> Iterator[dict[str, bytes]]:
    """The forms to send, as bytes, because half a character has no other way in."""
    good = {field: GOOD.get(field, "").encode() for field in fields}
    for name, words in ODD.items():
        odd = words.encode("utf-8", "surrogatepass")
        yield dict.fromkeys(fields, odd)
        for field in fields if name in ALONE else ():
            yield {**good, field: odd}


@pytest.fixture
def places(world: World, db: Any, no_mail_server: None) -> dict[str, int]:
    world.network.settings = {**world.network.settings, "keeps_mail": True}
    db.session.commit()
    return {
        "site": add_site(world.director, world.network, name="Oak").id,
        "driver": add_driver(world.director, world.network, name="Talk").id,
        "member": world.teacher.id,
        "asked": ask_to_join(make_account("Asker"), world.network).id,
    }


@pytest.mark.parametrize("path", FIELDS)
def test_odd_words_in_every_field(
    world: World, browser_of: BrowserOf, places: dict[str, int], path: str
) -> None:
    browser, fields = browser_of(world.director), tuple(name.format(**places) for name in FIELDS[path])
    address = f"/n/{world.network.slug}/{path.format(**places)}"
    for data in odd_forms(fields):
        answer = browser.post(address, data=data)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 410, 413, 422), (path, data.keys())
        assert "<script>alert" not in answer.text
        assert "onerror=alert(1)>" not in answer.text
        assert len(answer.data) < 1_500_000


@pytest.mark.parametrize("path", ["profile/photo", "welcome/you", "settings/sites/many"])
@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0" + b"\x00" * 999]
)
def test_odd_files(world: World, browser_of: BrowserOf, path: str, content: bytes) -> None:
    for name in ("x.jpg", "../../etc/passwd", "a" * 300 + ".png", "\u202egpj.exe", ""):
        data = {"photo": (BytesIO(content), name), "file": (BytesIO(content), name), "sites": "", "story": ""}
        answer = browser_of(world.director).post(
            f"/n/{world.network.slug}/{path}", data=data, content_type="multipart/form-data"
        )
        assert answer.status_code in (200, 302, 422)


def test_odd_words_from_strangers(world: World, client: Client) -> None:
    token = make_invitation(world.facilitator, world.network).token
    for address, fields in (
        (f"/join/{token}", ("name", "email", "password")),
        (f"/n/{world.network.slug}/ask", ("name", "email", "because")),
    ):
        for data in odd_forms(fields):
            assert client.post(address, data=data).status_code in (200, 302, 303, 413, 422), (address, data)
    for odd in ODD.values():
        path = odd[:200].replace("\ud800", "").replace("\x00", "%00")
        assert client.get(f"/join/{path or 'x'}").status_code in (302, 404)


def test_odd_words_in_the_setup(db: Any, client: Client) -> None:
    token = make_setup_link(OPERATOR)
    for data in odd_forms(("name", "email", "password")):
        assert client.post(f"/setup/{token}/account", data=data).status_code in (302, 413, 422)


def test_what_people_wrote_is_shown_as_text(world: World, browser_of: BrowserOf) -> None:
    browser = browser_of(world.teacher)
    data = {
        "name": ODD["html"][:60],
        "working_on": ODD["html"],
        "can_help_with": "{{7*7}}",
        "story": "<b>x</b>\n<i>",
    }
    answer = browser.post(f"/n/{world.network.slug}/profile", data={**data, "role": "", "site_id": ""})
    assert answer.status_code == 302
    for path in ("members/", f"members/{world.teacher.id}", "profile"):
        page = browser_of(world.colleague if path != "profile" else world.teacher)
        text = page.get(f"/n/{world.network.slug}/{path}").text
        assert "<script>alert" not in text
        assert "<b>x</b>" not in text
        assert "49" not in text.split("{{7*7}}")[0][-200:]
    assert "&lt;b&gt;x&lt;/b&gt;" in browser.get(f"/n/{world.network.slug}/members/{world.teacher.id}").text


def strange_bodies(fields: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What no page of ours sends: `(name, arguments of a request)`."""
    good = {field: GOOD.get(field, "") for field in fields}
    for number, body in enumerate(
        ({}, [], None, "x", 1, {name: {"a": [1]} for name in fields}, {name: ["a"] for name in fields}, good)
    ):
        yield f"json {number}", {"json": body}
    broken = {"data": b"{", "content_type": "application/json"}
    yield "broken json", broken
    for content_type in ("text/plain", "multipart/form-data", "application/xml", ""):
        yield content_type, {"data": b"name=x&story=y", "content_type": content_type}
    files = {name: (BytesIO(b"words in a file"), f"{name}.txt") for name in fields}
    yield "files under every name", {"data": files, "content_type": "multipart/form-data"}
    for name in fields:
        alone: dict[str, Any] = {**good, name: (BytesIO(b"words"), "x.txt")}
        yield f"a file as {name}", {"data": alone, "content_type": "multipart/form-data"}
    for form in ("{}[]", "{}[0]", "{}[a][b]", "{}.x", "{}-0-x", "x-{}"):
        yield form, {"data": {form.format(name): "x" for name in fields}}
    yield "repeated", {"data": {name: ["a", "", "\x00", "9" * 30] for name in fields}}
    yield "good and again", {"data": {name: [word, "again"] for name, word in good.items()}}


@pytest.mark.parametrize("path", FIELDS)
def test_bodies_that_no_page_sends(
    world: World, browser_of: BrowserOf, places: dict[str, int], path: str
) -> None:
    browser, fields = browser_of(world.director), tuple(name.format(**places) for name in FIELDS[path])
    for name, body in strange_bodies(fields):
        answer = browser.post(f"/n/{world.network.slug}/{path.format(**places)}", **body)
        assert answer.status_code in (200, 302, 400, 403, 404, 409, 410, 413, 415, 422), (path, name)


def test_bodies_that_no_page_sends_from_strangers(world: World, client: Client, db: Any) -> None:
    token = make_invitation(world.facilitator, world.network).token
    for address, fields in (
        (f"/join/{token}", ("name", "email", "password")),
        (f"/n/{world.network.slug}/ask", ("name", "email", "because")),
    ):
        for name, body in strange_bodies(fields):
            answer = client.post(address, **body)
            assert answer.status_code in (200, 302, 303, 400, 413, 415, 422), (address, name)


def test_bodies_that_no_page_sends_in_the_setup(db: Any, client: Client) -> None:
    address = f"/setup/{make_setup_link(OPERATOR)}/account"
    for name, body in strange_bodies(("name", "email")):
        assert client.post(address, **body).status_code in (200, 302, 400, 413, 415, 422), name


def test_a_csv_file_is_read_beside_what_is_pasted(world: World, browser_of: BrowserOf) -> None:
    address = f"/n/{world.network.slug}/settings/sites/many"
    data = {"sites": "Oak Street", "file": (BytesIO(b"name,short\nElm Middle School,Elm\n"), "sites.csv")}
    browser = browser_of(world.director)
    both = browser.post(address, data=data, content_type="multipart/form-data")
    assert [name in both.text for name in ("Oak Street", "Elm Middle School")] == [True, True]
    alone = {"file": (BytesIO(b"Ash School"), "sites.csv")}
    assert "Ash School" in browser.post(address, data=alone, content_type="multipart/form-data").text
    typed = browser.post(address, data={"sites": "", "file": "Not A File School"})
    assert typed.status_code in (302, 422)
    assert "Not A File School" not in typed.text
