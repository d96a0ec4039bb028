"""A line between a browser and the server that a test can cut, or through which web sockets do not pass.

A browser's own offline mode leaves open web sockets alone; a cut line does not, and neither does a school's
proxy. `Line.url` stands for the server's address. A line has a *mood*: `late` holds back what passes, `torn`
ends each connection in the middle of a message from the server, `half` closes only the way to the browser.
"""

import contextlib
import random
import socket
import threading
import time
from typing import Literal

WebSockets = Literal["pass", "refused", "swallowed"]
Mood = Literal["fair", "late", "torn", "half"]
LATE = 0.3
"""Seconds that a late line holds back a message at most."""
REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Line:
    """Forwards connections to 127.0.0.1:`port` until it is closed."""

    def __init__(self, port: int, web_sockets: WebSockets = "pass") -> None:
        self.to = port
        self.web_sockets = web_sockets
        self.mood: Mood = "fair"
        self.sockets_seen = 0
        """How many web sockets were asked for."""
        self._whole = threading.Event()
        self._whole.set()
        self._open: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection, and refuse new ones."""
        self._whole.clear()
        for end in list(self._open):
            self._drop(end)

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                end, _address = self._door.accept()
            except OSError:
                return
            if self._whole.is_set():
                threading.Thread(target=self._serve, args=(end,), daemon=True).start()
            else:
                end.close()

    def _serve(self, browser: socket.socket) -> None:
        self._open.add(browser)
        try:
            first = browser.recv(65536)
            if b"upgrade: websocket" in first.lower():
                self.sockets_seen += 1
                if self.web_sockets == "refused":
                    browser.sendall(REFUSAL)
                if self.web_sockets != "pass":
                    self._wait(browser)
                    return
            with socket.create_connection(("127.0.0.1", self.to)) as server:
                self._open.add(server)
                server.sendall(first)
                threading.Thread(target=self._carry, args=(server, browser, True), daemon=True).start()
                self._carry(browser, server)
        except OSError:
            pass
        finally:
            self._drop(browser)

    def _wait(self, end: socket.socket) -> None:
        while end.recv(65536):
            pass

    def _carry(self, come: socket.socket, go: socket.socket, to_browser: bool = False) -> None:
        try:
            while data := come.recv(65536):
                if self.mood == "late":
                    time.sleep(random.uniform(0, LATE))
                if to_browser and self.mood == "torn":
                    go.sendall(data[: len(data) // 2])
                    return
                if to_browser and self.mood == "half":
                    go.shutdown(socket.SHUT_WR)
                    self._wait(come)
                    return
                go.sendall(data)
        except OSError:
            pass
        finally:
            self._drop(come)
            self._drop(go)

    def _drop(self, end: socket.socket) -> None:
        self._open.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
