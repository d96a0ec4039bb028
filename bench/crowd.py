"""A crowd of real Socket.IO clients in one process of its own (gevent), on one clock.

Run as `python -m bench.crowd`; prints one JSON line with what was received. The plan, on its input:
`{port, cookies, clients, join: [event, data], listen, rate, seconds, post: [event, data]}`;
`post`'s data gets a `mark` in its text, which the received payload carries back.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import websocket  # noqa: E402

MARK = re.compile(r"mark-(\d+)-")
WARM = 3
"""Posts before any is counted: what a server does once after its start is not what is asked here."""


class Client:
    """One Socket.IO client, by hand: engine.io 4 over one WebSocket."""

    def __init__(self, plan: dict[str, Any], cookie: str | None) -> None:
        self.plan = plan
        self.seen: list[tuple[int, float]] = []
        self.acks: dict[int, Any] = {}
        self.next_ack = 0
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{plan['port']}/socket.io/?EIO=4&transport=websocket",
            cookie=cookie,
            timeout=60,
            origin=f"http://127.0.0.1:{plan['port']}",
        )
        self.socket.recv()
        self.socket.send("40")
        if not self.socket.recv().startswith("40"):
            raise RuntimeError("refused")
        gevent.spawn(self._read)

    def call(self, event: str, data: Any) -> Any:
        number, self.next_ack = self.next_ack, self.next_ack + 1
        self.socket.send(f"42{number}" + json.dumps([event, data]))
        until = time.monotonic() + 60
        while number not in self.acks:
            if time.monotonic() > until:
                raise RuntimeError(f"{event} was not answered")
            gevent.sleep(0.002)
        return self.acks.pop(number)

    def _read(self) -> None:
        wanted = f'42["{self.plan["listen"]}"'
        while True:
            try:
                message = self.socket.recv()
            except (websocket.WebSocketException, OSError):
                return
            if message == "2":
                self.socket.send("3")
            elif message.startswith(wanted):
                found = MARK.search(message)
                if found:
                    self.seen.append((int(found[1]), time.perf_counter()))
            elif message.startswith("43"):
                self._answered(message[2:])

    def _answered(self, rest: str) -> None:
        start = rest.index("[")
        self.acks[int(rest[:start])] = json.loads(rest[start:])[0]


def main() -> None:
    plan = json.load(sys.stdin)
    cookies = plan.get("cookies") or [None]
    clients: list[Client] = []
    for number in range(plan["clients"]):
        clients.append(Client(plan, cookies[number % len(cookies)]))
        clients[-1].call(*plan["join"])
    gevent.sleep(1)
    sent, answers = _post(plan, clients)
    _wait_for_all(clients, len(sent))
    print(json.dumps({"delays": _delays(clients, sent), **_counts(clients, len(sent)), "posting": answers}))


def _post(plan: dict[str, Any], clients: list[Client]) -> tuple[dict[int, float], list[float]]:
    """Post at the plan's rate, each time from another client; when each was sent, and how long it took."""
    sent: dict[int, float] = {}
    answers: list[float] = []
    for client in clients[:WARM]:
        event, data = plan["post"]
        client.call(event, json.loads(json.dumps(data).replace("MARK", "warm")))

    def one(number: int) -> None:
        event, data = plan["post"]
        body = json.loads(json.dumps(data).replace("MARK", f"mark-{number}-"))
        started = sent[number] = time.perf_counter()
        answer = clients[number * 7 % len(clients)].call(event, body)
        answers.append(time.perf_counter() - started)
        if "error" in answer:
            raise RuntimeError(answer["error"])

    jobs = []
    for number in range(int(plan["rate"] * plan["seconds"])):
        jobs.append(gevent.spawn(one, number))
        gevent.sleep(1 / plan["rate"])
    gevent.joinall(jobs, raise_error=True)
    return sent, answers


def _wait_for_all(clients: list[Client], count: int) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until and any(len(client.seen) < count for client in clients):
        gevent.sleep(0.1)


def _delays(clients: list[Client], sent: dict[int, float]) -> list[float]:
    return [at - sent[mark] for client in clients for mark, at in client.seen]


def _counts(clients: list[Client], count: int) -> dict[str, int]:
    lost = repeated = disordered = 0
    first = [mark for mark, _at in clients[0].seen]
    for client in clients:
        marks = [mark for mark, _at in client.seen]
        lost += count - len(set(marks))
        repeated += len(marks) - len(set(marks))
        disordered += marks != first
    return {"lost": lost, "repeated": repeated, "out_of_order": disordered}


if __name__ == "__main__":
    main()
