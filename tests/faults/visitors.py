"""People of the demo without a screen: what a page's script sends, over plain HTTP or a socket.

A *visitor* is signed in at one address and can go to another one (`at`), with the same cookies; a server
that was killed and started again knows them still.
"""

import re
from typing import Any, cast
from urllib.parse import quote

import requests
import socketio

from tests.journeys.people import FEED, PASSWORD

PATIENCE = 120.0
"""Seconds for one answer; a busy machine takes its time."""
JSON = {"Accept": "application/json"}
_TOKEN = re.compile(r'name="csrf[-_]token" (?:content|value)="([^"]+)"')


class Visitor:
    """A browser of `who`, signed in at `url`."""

    def __init__(self, url: str, who: str) -> None:
        self.url, self.who = url, who
        self.session = requests.Session()
        self._clones: list[requests.Session] = []
        self.session.trust_env = False
        self._take_token(self.get("/sign-in").text)
        answer = self._post("/sign-in", {"email": f"{who}@demo.example", "password": PASSWORD}, {})
        assert "/n/" in answer.url, (answer.status_code, answer.url)
        self._take_token(answer.text)

    def at(self, url: str) -> "Visitor":
        """The same browser, signed in by the same session, at a process on another port."""
        other = object.__new__(Visitor)
        other.__dict__.update(self.__dict__, url=url, session=requests.Session())
        self._clones.append(other.session)
        other.session.trust_env = False
        here, there = (address.rpartition(":")[2] for address in (self.url, url))
        for cookie in self.session.cookies:
            other.session.cookies.set(cookie.name.replace(here, there), cookie.value)
        return other

    def close(self) -> None:
        for session in (self.session, *self._clones):
            session.close()

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(self.url + path, timeout=PATIENCE, **more)

    def post(self, path: str, key: str | None = None, files: Any = None, **fields: Any) -> requests.Response:
        """POST as the page's script does; with `key`, as one that may be repeated."""
        headers = {**JSON, **({"Idempotency-Key": key} if key else {})}
        return self._post(path, fields, headers, files)

    def submit(self, path: str, **fields: Any) -> requests.Response:
        """POST as a plain form does, without following where it leads."""
        return self._post(path, fields, {"Accept": "text/html"}, follow=False)

    def spaces(self) -> dict[str, str]:
        """The audiences by name."""
        html = self.get(f"{FEED}share/update", headers={"HX-Request": "true"}).text
        return {
            name.strip(): number for number, name in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', html)
        }

    def share(self, words: str, key: str | None = None) -> int:
        """Post an update to the whole network; its id."""
        answer = self.post(f"{FEED}share/update", key, body=words, space=self.spaces()["The whole network"])
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return int(answer.json()["id"])

    def start_thread(self, title: str) -> int:
        """A thread of the whole network; its id."""
        space = self.spaces()["The whole network"]
        answer = self.post(f"{FEED}threads/new", title=title, body="What do you see?", space=space)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return int(answer.json()["id"])

    def reply(self, root: int, words: str, key: str | None = None) -> int:
        answer = self.post(f"{FEED}c/{root}/reply", key, text=words)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return int(answer.json()["id"])

    def upload(self, name: str, content: bytes, media_type: str) -> requests.Response:
        return self.post(f"{FEED}uploads", files={"file": (name, content, media_type)})

    def cookies(self) -> str:
        return "; ".join(
            f"{cookie.name}={quote(cookie.value or '', safe='!*().-_')}" for cookie in self.session.cookies
        )

    def raw(self, path: str, key: str, **fields: str) -> bytes:
        """The bytes of a POST, for a test that sends them by hand."""
        made = requests.Request("POST", self.url + path, data=fields, headers={"Idempotency-Key": key})
        return self._bytes(made)

    def raw_upload(self, path: str, name: str, content: bytes, media_type: str) -> bytes:
        return self._bytes(
            requests.Request("POST", self.url + path, files={"file": (name, content, media_type)})
        )

    def _bytes(self, request: requests.Request) -> bytes:
        request.headers = {"X-CSRFToken": self.token, **JSON, "Connection": "close", **request.headers}
        made = self.session.prepare_request(request)
        made.headers["Host"] = self.url.removeprefix("http://")
        head = "".join(f"{name}: {value!s}\r\n" for name, value in made.headers.items())
        body = made.body.encode() if isinstance(made.body, str) else bytes(cast(bytes, made.body))
        return f"POST {made.path_url} HTTP/1.1\r\n{head}\r\n".encode() + body

    def socket(self, transports: list[str] | None = None, origin: str = "") -> "Ear":
        return Ear(self, transports or ["websocket"], origin or self.url)

    def _post(
        self, path: str, fields: Any, headers: Any, files: Any = None, follow: bool = True
    ) -> requests.Response:
        headers = {"X-CSRFToken": self.token, **headers}
        return self.session.post(
            self.url + path,
            data=fields,
            files=files,
            headers=headers,
            timeout=PATIENCE,
            allow_redirects=follow,
        )

    def _take_token(self, html: str) -> None:
        found = _TOKEN.search(html)
        assert found is not None, html[:500]
        self.token = found[1]


class Ear:
    """A socket of a visitor, which notes everything it is told."""

    def __init__(self, visitor: Visitor, transports: list[str], origin: str) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.session = requests.Session()
        self.session.trust_env = False
        self.line = socketio.Client(
            reconnection=False, http_session=self.session, websocket_extra_options={"origin": origin}
        )
        self.line.on("*", self._hear)
        self.line.connect(
            visitor.url,
            transports=transports,
            wait_timeout=60,
            # The library of web sockets writes the origin itself.
            headers={"Cookie": visitor.cookies()} | ({"Origin": origin} if "polling" in transports else {}),
        )

    def join(self, *names: str, after: int | None = None) -> list[dict[str, Any]]:
        """What the server answers for each stream."""
        wanted = [{"stream": name, "after": after} for name in names]
        said = self.line.call("stream:join", {"streams": wanted}, timeout=60)
        return list(said["streams"])

    def ids(self, event: str) -> list[int]:
        """The subjects of every `event` so far, in the order of arrival."""
        return [data["id"] for name, data in list(self.heard) if name == event]

    @property
    def names(self) -> list[str]:
        """Every event so far, in the order of arrival."""
        return [name for name, _data in list(self.heard)]

    def close(self) -> None:
        self.line.disconnect()
        self.session.close()

    def _hear(self, event: str, *data: Any) -> None:
        self.heard.append((event, data[0] if data else {}))
