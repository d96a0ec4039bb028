"""Fan-out: how long until a reply, once on disk, is on N members' screens; beside a bare broadcast.

Both servers are gunicorn with gevent, one process; the same crowd of real Socket.IO clients
listens to each in turn, and payloads have the same size.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.data import loaded
from bench.figures import Spread, say, spread
from bench.visitors import signed_in
from tests.support.databases import ROOT
from tests.support.servers import Server, free_port

WORDS = "I tried the two plots first, and 21 of 24 read the box as the middle half. "
REPLY = f"<p>MARK {WORDS * 4}</p>"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clients", default="100,500")
    parser.add_argument("--rate", type=float, default=2.0, help="replies a second")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--scale", type=int, default=33)
    parser.add_argument("--data", help="keep the loaded data here, and use it again")


def run(arguments: argparse.Namespace) -> None:
    """For each size of crowd: bare, ours, and the ratio of their p95."""
    for clients in (int(one) for one in arguments.clients.split(",")):
        ours, size = _ours(clients, arguments)
        bare = _bare(clients, arguments, size)
        say(f"fanout[{clients}].ratio_p95", f"{ours.p95 / bare.p95:.2f}")


def _crowd(plan: dict[str, Any]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.crowd"],
        cwd=ROOT,
        input=json.dumps(plan),
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(made.stdout.strip().splitlines()[-1])
    return found


def _say(name: str, found: dict[str, Any]) -> Spread:
    result = spread(found["delays"])
    say(name, result)
    say(f"{name}.lost/repeated/out_of_order", f"{found['lost']}/{found['repeated']}/{found['out_of_order']}")
    say(f"{name}.answer", spread(found["posting"]))
    return result


def _cost(name: str, pid: int) -> None:
    """CPU seconds and resident megabytes of the server's processes, where /proc tells."""
    seconds, resident = 0.0, 0
    for child in [pid, *_children(pid)]:
        stat = Path(f"/proc/{child}/stat")
        if stat.exists():
            fields = stat.read_text().rsplit(")", 1)[1].split()
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            resident += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    say(f"{name}.cpu_seconds", f"{seconds:.1f}")
    say(f"{name}.resident_mb", f"{resident / 1e6:.0f}")


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in children.read_text().split()] if children.exists() else []


def _ours(clients: int, arguments: argparse.Namespace) -> tuple[Spread, int]:
    place = Path(tempfile.mkdtemp(prefix="throughline-bench-")) / "data"
    shutil.copytree(loaded(arguments.scale, arguments.data), place)
    server = Server(place, APP_ENV="development")
    try:
        network, cookies = signed_in(server.env, clients, ROOT)
        server.start()
        root = _thread(server, network, cookies[0])
        stream = f"contribution:{root}"
        found = _crowd(
            {
                "port": server.port,
                "cookies": cookies,
                "clients": clients,
                "join": ["stream:join", {"streams": [{"stream": stream, "after": None}]}],
                "listen": "reply:posted",
                "post": ["reply:create", {"contribution_id": root, "html": REPLY}],
                "rate": arguments.rate,
                "seconds": arguments.seconds,
            }
        )
        result = _say(f"fanout[{clients}].ours", found)
        _cost(f"fanout[{clients}].ours", server.processes["web"].pid)
        return result, 2200
    finally:
        server.stop()
        shutil.rmtree(place.parent, ignore_errors=True)


def _thread(server: Server, network: str, cookie: str) -> int:
    """The first thread of the network's list that all its members see."""
    request = urllib.request.Request(f"{server.url}/n/{network}/threads/", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        page = answer.read().decode()
    whole = [line for line in re.split(r"(?=data-thread-line=)", page)[1:] if "Whole network" in line]
    if not whole:
        raise RuntimeError("the list has no thread of the whole network")
    return int(whole[0].split('"', 2)[1])


def _bare(clients: int, arguments: argparse.Namespace, size: int) -> Spread:
    port = free_port()
    command = ["-m", "gunicorn", "-k", "gevent", "-w", "1", "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen([sys.executable, *command, "bench.bare:app"], cwd=ROOT)
    try:
        _until_up(port)
        found = _crowd(
            {
                "port": port,
                "clients": clients,
                "join": ["join", {}],
                "listen": "said",
                "post": ["say", {"html": "MARK " + "x" * size}],
                "rate": arguments.rate,
                "seconds": arguments.seconds,
            }
        )
        result = _say(f"fanout[{clients}].bare", found)
        _cost(f"fanout[{clients}].bare", process.pid)
        return result
    finally:
        process.terminate()
        process.wait()


def _until_up(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the bare server did not start")
