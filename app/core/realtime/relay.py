"""The relay: what several web processes tell one another at once, over Redis where there is one.

Two things pass it: a wake ("something was committed, look at the tables now") and events without a number
(typing). Rules: nothing is lost without it. A process that hears no wake finds the event within the tail's
own poll, and a sign of typing only misses the people at another process. So a Redis that is slow or gone is
logged and forgotten, and nobody who writes waits for it. The channel is of one deployment.
Neighbours: `tail` is woken, `events.poke` wakes; `sockets` of features call `tell_now`.
"""

import json
import queue
import secrets
import threading
from typing import Any

import structlog
from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError

from app.core import events
from app.core.realtime import socketio
from app.core.realtime.seats import room, seats
from app.core.tokens import fingerprint

WAITING = 100
"""Messages that wait for Redis in one process; more are forgotten."""
AGAIN = 5.0
"""Seconds until Redis is tried again."""
log = structlog.get_logger()


class Relay:
    """One process's end. `say` returns at once; two threads carry the messages."""

    def __init__(self, url: str, deployment: str) -> None:
        self.process = secrets.token_hex(8)
        self.channel = f"throughline:{deployment}"
        self._redis = Redis.from_url(url, socket_connect_timeout=5, health_check_interval=30)
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue(WAITING)
        self._stop = threading.Event()

    def say(self, message: dict[str, Any]) -> None:
        try:
            self._waiting.put_nowait({**message, "process": self.process})
        except queue.Full:
            log.warning("relay_full")

    def wake(self) -> None:
        """Tell the others that there is something new; a wake that waits already says it."""
        if self._waiting.empty():
            self.say({"kind": "wake"})

    def speak(self) -> None:
        """Carry what is said to Redis, for as long as the process lives."""
        while not self._stop.is_set():
            message = self._waiting.get()
            try:
                self._redis.publish(self.channel, json.dumps(message))
            except RedisError as error:
                log.warning("relay_unreachable", error=type(error).__name__)
                self._stop.wait(AGAIN)

    def listen(self) -> None:
        """Hear what the others say, for as long as the process lives."""
        while not self._stop.is_set():
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(self.channel)
                    for message in heard.listen():
                        self._hear(message["data"])
            except RedisError as error:
                log.warning("relay_unreachable", error=type(error).__name__)
                self._stop.wait(AGAIN)

    def _hear(self, data: bytes) -> None:
        try:
            message = json.loads(data)
            if message["process"] == self.process:
                return
            if message["kind"] == "wake":
                events.wake.set()
            else:
                _emit(message["stream"], message["event"], message["payload"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # Whoever else speaks there must not deafen this process.
            log.warning("relay_not_understood", error=type(error).__name__)


def init_app(app: Flask) -> None:
    """With a Redis, every commit of this process wakes the others."""
    url = app.config.get("REDIS_URL")
    # Two deployments may share a Redis; what one of them says is not for the other.
    relay = Relay(url, fingerprint(f"relay:{app.secret_key!r}")[:16]) if url else None
    app.extensions["relay"] = relay
    events.on_poke = relay.wake if relay else None
    if relay:
        threading.Thread(target=relay.speak, name="relay", daemon=True).start()


def start(app: Flask) -> None:
    """Begin to hear the others: in a process that has clients."""
    relay: Relay | None = app.extensions["relay"]
    if relay:
        threading.Thread(target=relay.listen, name="relay-ear", daemon=True).start()


def tell_now(stream: str, event: str, payload: dict[str, Any], *, but: str | None = None) -> None:
    """Tell all who hear `stream`, at every process, something without a number; not the socket `but`."""
    _emit(stream, event, payload, but)
    relay: Relay | None = current_app.extensions["relay"]
    if relay:
        relay.say({"kind": "now", "stream": stream, "event": event, "payload": payload})


def _emit(stream: str, event: str, payload: dict[str, Any], but: str | None = None) -> None:
    for language in seats.languages(stream):
        socketio.emit(event, payload, to=room(stream, language), skip_sid=but)
