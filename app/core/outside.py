"""Outside: fetching an address that a person typed, without reaching anything on the inside.

Rules: only http and https on their own ports, without a name and password in the address; a name is
resolved once, every address that it stands for must be a public one, and the connection is made to that
very address, so that a name which changes meanwhile leads nowhere else. Each redirect is checked the same
way; from https it leads to https alone. What is sent is bounded in size and time. No cookies, no proxy, no
compression.
Neighbours: a job or the command line calls `fetch`, never a request and never a transaction.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from app.core.db import forbid_while_writing

PORTS = {"http": 80, "https": 443}
REDIRECTS = 4
LARGEST = 40 * 1024 * 1024
SECONDS = 30.0
"""For all of it, whatever drips in meanwhile; each wait for the other side is at most WAIT."""
WAIT = 10.0
PIECE = 64 * 1024
_CARRIES = IPv6Network("64:ff9b::/96")
"""Its addresses end in the IPv4 address that they lead to."""
_OPEN = IPv6Network("2000::/3")
_SET_APART = (IPv4Network("192.0.0.0/24"), IPv6Network("3fff::/20"))
"""For protocols and for examples (IANA's special registries), which not every Python knows yet."""
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))
"""Old ways through IPv4, which no server of today needs."""


class Unreachable(Exception):
    """Nothing came from there, or it is no address to ask. The message is for the log, not for people."""


def fetch(address: str, *, largest: int = LARGEST, seconds: float = SECONDS) -> bytes:
    """What an address answers. Raises Unreachable for anything but one whole good answer."""
    forbid_while_writing("fetching an address")
    deadline = time.monotonic() + seconds
    for _step in range(REDIRECTS + 1):
        parts = _checked(address)
        try:
            answered = _ask(parts, deadline, largest)
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(f"{parts.hostname}: {type(error).__name__}") from error
        if isinstance(answered, bytes):
            return answered
        address = _followed(address, answered)
    raise Unreachable("too many redirects")


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, IPv6Address) and not _is_open(number):
        return False
    return all(_leads_out(each) for each in _meant(number))


def _leads_out(number: IPv4Address | IPv6Address) -> bool:
    apart = any(number in network for network in _SET_APART)
    return number.is_global and not number.is_multicast and not apart


def _is_open(number: IPv6Address) -> bool:
    """Of the one range that the open internet uses, or an IPv4 address that is looked at by itself."""
    if number.ipv4_mapped is not None or number in _CARRIES:
        return True
    return number in _OPEN and not any(number in tunnel for tunnel in _TUNNELS)


def _meant(number: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    """The address, and the IPv4 address that it stands for or carries inside."""
    yield number
    if isinstance(number, IPv6Address):
        if number.ipv4_mapped is not None:
            yield number.ipv4_mapped
        if number in _CARRIES:
            yield IPv4Address(int(number) & 0xFFFFFFFF)


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Unreachable("no address") from error
    plain = parts.username is None and parts.password is None and address.isprintable() and " " not in address
    if parts.scheme not in PORTS or not parts.hostname or port != PORTS[parts.scheme] or not plain:
        raise Unreachable("no address to ask")
    return parts


def _resolved(host: str, port: int) -> str:
    """The first of the host's addresses; every one of them is public. Raises Unreachable, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(each[4][0]) for each in found]
    if not numbers or not all(is_public(number) for number in numbers):
        raise Unreachable("not a public address")
    return numbers[0]


def _ask(parts: SplitResult, deadline: float, largest: int) -> bytes | str:
    """The body of a good answer, or where a redirect leads."""
    host = str(parts.hostname)
    number = _resolved(host.encode("idna").decode() if not host.isascii() else host, PORTS[parts.scheme])
    with _connection(parts.scheme, host, number, deadline) as connection:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", _ascii(path), headers={"Accept": "application/json", "Accept-Encoding": "identity"}
        )
        answer = connection.getresponse()
        # What was cut off among its headers looks like an answer that ended.
        _left(deadline)
        if answer.status in (301, 302, 303, 307, 308):
            return answer.headers.get("Location", "")
        if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise Unreachable(f"{host} answered {answer.status}")
        return _body(connection, answer, deadline, largest)


@contextmanager
def _connection(scheme: str, host: str, number: str, deadline: float) -> Iterator[HTTPConnection]:
    """A connection to `number` that speaks, and proves itself, as `host`; shut down at the deadline."""
    wait = _left(deadline)
    sock = socket.create_connection((number, PORTS[scheme]), timeout=wait)
    if scheme == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(
                sock, server_hostname=host, do_handshake_on_connect=False
            )
        except BaseException:
            sock.close()
            raise
    end = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, (sock,))
    end.daemon = True
    end.start()
    connection = (HTTPSConnection if scheme == "https" else HTTPConnection)(host, PORTS[scheme])
    connection.sock = sock
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield connection
    finally:
        end.cancel()
        connection.close()
        sock.close()


def _shut(sock: socket.socket) -> None:
    """Whoever waits for this socket wakes: the plain one's own way, for TLS would wait to say goodbye."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _body(connection: HTTPConnection, answer: HTTPResponse, deadline: float, largest: int) -> bytes:
    pieces, size = [], 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        piece = answer.read1(PIECE)
        if not piece:
            break
        size += len(piece)
        if size > largest:
            raise Unreachable("too large")
        pieces.append(piece)
    _left(deadline)
    if answer.length:
        raise Unreachable("cut off")
    return b"".join(pieces)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable("too slow")
    return min(left, WAIT)


def _ascii(path: str) -> str:
    return quote(path, safe="/?&=%:;,@!$'()*+~-._[]")


def _followed(before: str, location: str) -> str:
    after = urljoin(before, location)
    if not location or (before.startswith("https:") and not after.startswith("https:")):
        raise Unreachable("a redirect that leads nowhere good")
    return after
