"""Realtime: what is live on a page, over Flask-SocketIO.

A page joins streams and says the last number that it has; the server answers what came
after. Every web process tails the event table and tells its own clients, so a second process
and the worker need no broker to be correct. `docs/realtime.md` is the protocol.

`registry` holds what features register; `seats` who sits where in this process; `sockets`
the handlers; `tail` the loop that reads events and delivers them; `relay` wakes other processes.
Socket.IO's own message queue stays unused: each process tells its own clients; a queue would do it twice.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import Flask
from flask_socketio import SocketIO
from gevent import monkey

MESSAGE_LIMIT = 64 * 1024
"""Bytes that one socket message may have."""

socketio = SocketIO()


def init_app(app: Flask) -> None:
    """Attach Socket.IO and its handlers to the app."""
    from app.core.realtime import relay, sockets, tail

    # Whoever serves decides: gunicorn's gevent worker has patched the threads before it loads the app.
    mode = "gevent" if monkey.is_module_patched("threading") else "threading"
    socketio.init_app(
        app,
        async_mode=app.config.get("SOCKETIO_ASYNC_MODE", mode),
        cors_allowed_origins=_own_origin(app.config["BASE_URL"]),
        max_http_buffer_size=MESSAGE_LIMIT,
        ping_interval=25,
        ping_timeout=20,
        cookie=None,
        manage_session=False,
        always_connect=False,
    )
    sockets.register(socketio)
    tail.init_app(app)
    relay.init_app(app)


def _own_origin(address: str) -> Callable[[str | None, Mapping[str, str]], bool]:
    """Whether a page of ours opens the connection; the library alone would believe `X-Forwarded-Host`."""
    known = urlsplit(address)

    def is_ours(origin: str | None, environ: Mapping[str, str]) -> bool:
        here = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        return origin in (here, f"{known.scheme}://{known.netloc}")

    return is_ours
