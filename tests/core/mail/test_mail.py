"""Mail: what a message carries, where it is kept, and who may look at what was kept."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from app.core import assets, db, design, mail, security
from app.core.command import command
from app.core.db import WroteWhileWriting
from app.core.mail import UnsafeHeader, kept, send_mail
from tests.core.tiny import tiny_app

ANN = "ann@school.example"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = tiny_app(tmp_path, db, security, assets, design, mail, BASE_URL="https://net.example")
    with app.app_context():
        yield app
        db.db.engine.dispose()


def test_a_message_has_both_forms_of_the_same_words(app: Flask) -> None:
    send_mail(ANN, "Neue Antwort – ½", "Hello <Ann>,\n\nread it: https://net.example/n/x?a=1&b=2.")
    (letter,) = kept(ANN)
    assert (letter.to, letter.subject) == (ANN, "Neue Antwort – ½")
    assert "Hello <Ann>," in letter.text
    assert "Hello &lt;Ann&gt;," in letter.html
    assert letter.links == ["https://net.example/n/x?a=1&b=2"]
    assert '<a href="https://net.example/n/x?a=1&amp;b=2"' in letter.html


def test_what_can_be_unsubscribed_from_says_so_in_one_click(app: Flask) -> None:
    send_mail(ANN, "Replies", "x", unsubscribe_url="https://net.example/u/t0ken")
    (letter,) = kept()
    assert letter.header("List-Unsubscribe") == "<https://net.example/u/t0ken>"
    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert "https://net.example/u/t0ken" in letter.text
    send_mail("bo@school.example", "Reset", "x")
    assert kept("bo@school.example")[0].header("List-Unsubscribe") is None


def test_the_same_key_is_the_same_message(app: Flask) -> None:
    first, second = (send_mail(ANN, "Replies", "x", key="digest:7:2025-03-04") for _ in range(2))
    assert first == second
    assert first.endswith("@net.example>")
    assert len(kept()) == 1
    assert send_mail(ANN, "Replies", "x", key="digest:8:2025-03-04") != first
    assert send_mail(ANN, "Replies", "x") != send_mail(ANN, "Replies", "x")


@pytest.mark.parametrize("bad", ["a\r\nBcc: all@x.org", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x85b"])
def test_nothing_gets_a_line_of_its_own_into_the_headers(app: Flask, bad: str) -> None:
    for to, subject, headers in (
        (bad, "s", {}),
        (ANN, bad, {}),
        (ANN, "s", {"X-Kind": bad}),
        (ANN, "s", {bad: "x"}),
    ):
        with pytest.raises(UnsafeHeader):
            send_mail(to, subject, "x", headers=headers)
    with pytest.raises(UnsafeHeader):
        send_mail(ANN, "s", "x", unsubscribe_url=bad)
    assert not kept()


def test_no_mail_inside_a_write_transaction(app: Flask) -> None:
    with pytest.raises(WroteWhileWriting):
        command(send_mail)(ANN, "s", "x")


def test_the_pages_show_what_was_kept(app: Flask) -> None:
    client = app.test_client()
    assert "Nothing has been sent yet." in client.get("/dev/mail/").text
    send_mail(ANN, "<b>Reset</b>", "Here: https://net.example/reset/abc <script>alert(1)</script>")
    name = kept()[0].name
    assert "&lt;b&gt;Reset&lt;/b&gt;" in client.get("/dev/mail/").text
    page = client.get(f"/dev/mail/{name}").text
    assert '<a href="https://net.example/reset/abc"' in page
    assert "<script>alert" not in page
    shown = client.get(f"/dev/mail/{name}/html")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "unsafe" not in shown.headers["Content-Security-Policy"]
    assert client.get("/dev/mail/..%2fsecret").status_code == 404
    assert client.get("/dev/mail/" + "0" * 32).status_code == 404


@pytest.mark.parametrize("settings", [{"DEV_PAGES": False}, {"APP_ENV": "production"}])
def test_elsewhere_the_pages_do_not_exist(tmp_path: Path, settings: dict[str, object]) -> None:
    app = tiny_app(tmp_path, mail, **settings)
    assert app.test_client().get("/dev/mail/").status_code == 404


class _Postbox:
    def __init__(self) -> None:
        self.received: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope)
        return "250 OK"


def test_smtp_carries_it_where_a_server_is_configured(tmp_path: Path) -> None:
    postbox = _Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, "MAIL_TIMEOUT": 5}
        app = tiny_app(tmp_path, assets, mail, MAIL_URL=f"smtp://127.0.0.1:{port}", **settings)
        with app.app_context():
            send_mail(ANN, "Hello", "words", key="k")
            assert not kept()
    finally:
        controller.stop()
    (envelope,) = postbox.received
    assert envelope.rcpt_tos == [ANN]
    assert b"words" in (envelope.original_content or b"")


def test_a_server_that_is_down_is_an_error_for_the_outbox(tmp_path: Path) -> None:
    settings = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": 1, "MAIL_TIMEOUT": 2}
    app = tiny_app(tmp_path, assets, mail, MAIL_URL="smtp://127.0.0.1:1", **settings)
    with app.app_context(), pytest.raises(OSError, match="refused"):
        send_mail(ANN, "Hello", "words")
