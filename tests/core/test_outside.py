"""Fetching what a person typed: only the open internet, also after redirects and when a name changes."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.core import outside
from app.core.db import WroteWhileWriting
from app.core.outside import Unreachable, fetch, is_public

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:1::", "fe80::1%eth0",
    "64:ff9b:1::a00:1", "::127.0.0.1", "::a9fe:a9fe", "::ffff:0:127.0.0.1", "fec0::1", "4000::1",
    "192.0.0.8", "3fff::1", "64:ff9b::c000:8", "", "localhost", "1.2.3", "0x7f000001", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_what_is_not_of_the_open_internet(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_what_is(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "https://user:word@example.org/",
        "https://example.org:8443/",
        "http://example.org:22/",
        "https://example.org:99999/",
        "http://[::1",
        "http://exa mple.org/",
        "http://example.org/\r\nHost: inside",
    ],
)
def test_what_is_no_address_to_ask(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _never)
    with pytest.raises(Unreachable):
        fetch(address)


def _never(*_more: Any, **_named: Any) -> Any:
    raise AssertionError("nothing may be asked")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_an_inner_address_is_never_connected_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", _never)
    with pytest.raises(Unreachable):
        fetch(address)


class Site(BaseHTTPRequestHandler):
    """Answers as `answers` says; `asked` are the paths and hosts that were asked for."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_more: Any) -> None:
        """Quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Site]]:
    """A site on this machine that public names lead to; names with `inside` lead to an inner address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Site.answers, Site.asked = {}, []

    def resolve(host: str, port: int, **_more: Any) -> list[Any]:
        number = "10.0.0.7" if "inside" in host else "93.184.215.14"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address[0] == "93.184.215.14", "only the checked number is connected to"
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(("127.0.0.1", server.server_port))
        return made

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    yield Site
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_good_answer(site: type[Site]) -> None:
    site.answers["/list?x=1"] = (200, {}, b"{}")
    assert fetch("http://standards.example/list?x=1") == b"{}"
    assert site.asked == [("/list?x=1", "standards.example")]


def test_redirects_are_followed_and_checked_each_time(site: type[Site]) -> None:
    site.answers = {
        "/a": (302, {"Location": "/b"}, b""),
        "/b": (301, {"Location": "http://other.example/c"}, b""),
        "/c": (200, {}, b"here"),
        "/in": (302, {"Location": "http://inside.example/secret"}, b""),
        "/number": (302, {"Location": "http://inside.example:6379/"}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/none": (302, {}, b""),
        "/round": (302, {"Location": "/round"}, b""),
    }
    assert fetch("http://standards.example/a") == b"here"
    for path in ("/in", "/number", "/file", "/none", "/round"):
        with pytest.raises(Unreachable):
            fetch(f"http://standards.example{path}")
    assert "/secret" not in {path for path, _host in site.asked}


def test_from_https_it_leads_to_https_alone() -> None:
    with pytest.raises(Unreachable):
        outside._followed("https://a.example/", "http://a.example/")
    assert outside._followed("https://a.example/x", "y") == "https://a.example/y"


def test_bad_answers(site: type[Site]) -> None:
    site.answers = {
        "/large": (200, {}, b"x" * 2000),
        "/packed": (200, {"Content-Encoding": "gzip"}, b"x"),
        "/short": (200, {"Content-Length": "50"}, b"x"),
        "/no": (403, {}, b"x"),
    }
    for path in ("/large", "/packed", "/short", "/no", "/nothing"):
        with pytest.raises(Unreachable):
            fetch(f"http://standards.example{path}", largest=1000)


def test_there_is_an_end_to_waiting(site: type[Site]) -> None:
    with pytest.raises(Unreachable):
        fetch("http://standards.example/", seconds=0)


@pytest.mark.parametrize(
    "begin", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"HT"]
)
def test_what_drips_in_ends_with_the_time(
    site: type[Site], monkeypatch: pytest.MonkeyPatch, begin: bytes
) -> None:
    """Headers, a body without a length, the first line: a letter now and then is no answer."""
    here, there = socket.socketpair()
    over = threading.Event()

    def drip() -> None:
        there.recv(2_000)
        there.sendall(begin)
        try:
            while not over.wait(0.05):
                there.sendall(b"a")
        except OSError:
            pass

    def connect(_address: tuple[str, int], timeout: float) -> socket.socket:
        here.settimeout(timeout)
        return here

    monkeypatch.setattr(socket, "create_connection", connect)
    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    try:
        with pytest.raises(Unreachable):
            fetch("http://slow.example/", seconds=0.5)
        dripping.join(30)
        assert not dripping.is_alive(), "the other side was let go"
    finally:
        over.set()
        there.close()


def test_never_inside_a_transaction(db: Any) -> None:
    from app.core.command import command

    @command
    def careless() -> None:
        fetch("http://standards.example/")

    with pytest.raises(WroteWhileWriting):
        careless()
