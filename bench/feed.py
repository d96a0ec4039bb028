"""The feed page: requests a second on one connection, percentiles, queries, bytes, growth.

The demo is loaded in bulk at two sizes, the second ten times the first. Queries are read from
the server's own request log; bytes are what a browser would fetch on a first and on a repeat
visit (page, styles, scripts, fonts; photos apart).
"""

import argparse
import http.client
import json
import re
import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench.figures import say, spread
from bench.visitors import signed_in
from tests.support.databases import ROOT, flask
from tests.support.environment import of_a_process
from tests.support.servers import Server

LOCAL = re.compile(r'(?:src|href)="(/static/[^"]+)"')
FONT = re.compile(r"url\(([^)]+\.woff2)\)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scales", default="33,330", help="sizes of the demo, 33 is 2,000 members")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--data", help="keep the loaded data here, and use it again")


def run(arguments: argparse.Namespace) -> None:
    """Measure each size, and say how much the cost grew."""
    medians = []
    for scale in (int(one) for one in arguments.scales.split(",")):
        medians.append(_measure(scale, arguments))
    if len(medians) > 1:
        say("feed.growth", f"{medians[-1] / medians[0]:.2f}")


def _measure(scale: int, arguments: argparse.Namespace) -> float:
    loaded = _loaded(scale, arguments.data)
    place = Path(tempfile.mkdtemp(prefix="throughline-bench-")) / "data"
    shutil.copytree(loaded, place)
    server = Server(place, APP_ENV="development")
    try:
        network, cookies = signed_in(server.env, 1, ROOT)
        server.start()
        browser = Browser(server.port, cookies[0])
        return _report(f"feed[{scale}]", browser, f"/n/{network}/", server, arguments.requests)
    finally:
        server.stop()
        shutil.rmtree(place.parent, ignore_errors=True)


def _loaded(scale: int, kept: str | None) -> Path:
    place = Path(kept or tempfile.gettempdir()) / f"throughline-demo-{scale}"
    if not (place / "loaded").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        env = of_a_process(place, APP_ENV="development")
        flask("db", "upgrade", env=env)
        started = time.monotonic()
        flask("demo", "load", "--scale", str(scale), env=env)
        say(f"load[{scale}].seconds", f"{time.monotonic() - started:.0f}")
        (place / "loaded").touch()
    return place


class Browser:
    """One connection that keeps its cookie and, like a browser, what it has fetched."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "br, gzip"}

    def get(self, path: str) -> tuple[bytes, http.client.HTTPResponse]:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body, answer


def _report(name: str, browser: Browser, path: str, server: Server, requests: int) -> float:
    for _ in range(10):
        browser.get(path)
    times = []
    for _ in range(requests):
        started = time.perf_counter()
        body, _answer = browser.get(path)
        times.append(time.perf_counter() - started)
    found = spread(times)
    say(name, found)
    say(f"{name}.per_second", f"{len(times) / sum(times):.0f}")
    say(f"{name}.queries", _queries(server.log))
    say(f"{name}.page_bytes", len(body))
    say(f"{name}.first_visit_bytes", len(body) + _assets(browser, path))
    return found.p50


def _queries(log: str) -> str:
    """Queries of the feed page: warm (the last one) and cold (the most)."""
    counts = []
    for line in log.splitlines():
        if '"feed.index"' in line:
            counts.append(int(json.loads(line).get("queries", 0)))
    return f"{counts[-1]} warm, {max(counts)} cold" if counts else "not logged"


def _assets(browser: Browser, path: str) -> int:
    """Compressed bytes of everything of ours that the page asks for, fonts included."""
    plain = {**browser.headers, "Accept-Encoding": "identity"}
    browser.connection.request("GET", path, headers=plain)
    page = browser.connection.getresponse().read().decode()
    total = 0
    for address in sorted(set(LOCAL.findall(page))):
        body, _answer = browser.get(urlsplit(address).path)
        total += len(body)
        if address.endswith(".css"):
            browser.connection.request("GET", address, headers=plain)
            style = browser.connection.getresponse().read().decode()
            for font in sorted(set(FONT.findall(style))):
                full = font if font.startswith("/") else f"{address.rsplit('/', 1)[0]}/{font}"
                total += len(browser.get(full.strip("\"'"))[0])
    return total
