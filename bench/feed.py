"""The feed page: requests a second on one connection, percentiles, queries, bytes, growth.

The demo is loaded in bulk at two sizes, the second ten times the first. Each is asked alone, for its speed;
then all are asked in turn, so that whatever else the machine does weighs on them alike, for the growth.
Queries are read from the server's own request log; bytes are what a browser would fetch on a first and on a
repeat visit (page, styles, scripts, fonts; photos apart).
"""

import argparse
import http.client
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.data import loaded
from bench.figures import say, spread
from bench.visitors import signed_in
from tests.support.databases import ROOT
from tests.support.servers import Server

LOCAL = re.compile(r'(?:src|href)="(/static/[^"]+)"')
FONT = re.compile(r"url\(([^)]+\.woff2)\)")

WARM = 10
"""Requests of each size before anything is measured."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scales", default="33,330", help="sizes of the demo, 33 is 2,000 members")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--data", help="keep the loaded data here, and use it again")


def run(arguments: argparse.Namespace) -> None:
    """Measure every size, and say how much the cost grew from the first to the last."""
    scales = [int(one) for one in arguments.scales.split(",")]
    with ExitStack() as stack:
        sites = [stack.enter_context(_served(scale, arguments.data)) for scale in scales]
        for site in sites:
            for _ in range(WARM):
                site.ask()
            _report(site, [site.ask() for _ in range(arguments.requests)])
        taken = [_in_turn(sites, turn) for turn in range(arguments.requests if len(sites) > 1 else 0)]
    if taken:
        first, *_between, last = (median(times) for times in zip(*taken, strict=True))
        say("feed.growth", f"{last / first:.2f}")


def _in_turn(sites: list["Site"], turn: int) -> list[float]:
    """Seconds of one answer of each, in their order; another begins each time."""
    begin = turn % len(sites)
    taken = {site.name: site.ask() for site in sites[begin:] + sites[:begin]}
    return [taken[site.name] for site in sites]


@dataclass
class Site:
    """One size of the demo, served, with the browser that asks it."""

    name: str
    path: str
    server: Server
    browser: "Browser"

    def ask(self) -> float:
        """Ask for the page once; the seconds that the answer took."""
        started = time.perf_counter()
        self.browser.get(self.path)
        return time.perf_counter() - started


@contextmanager
def _served(scale: int, kept: str | None) -> Iterator[Site]:
    demo = loaded(scale, kept)
    place = Path(tempfile.mkdtemp(prefix="throughline-bench-")) / "data"
    shutil.copytree(demo, place)
    # What the copy left for the disk to do is not measured.
    os.sync()
    server = Server(place, APP_ENV="development")
    try:
        network, cookies = signed_in(server.env, 1, ROOT)
        server.start()
        yield Site(f"feed[{scale}]", f"/n/{network}/", server, Browser(server.port, cookies[0]))
    finally:
        server.stop()
        shutil.rmtree(place.parent, ignore_errors=True)


class Browser:
    """One connection that keeps its cookie and, like a browser, what it has fetched."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "br, gzip"}

    def get(self, path: str) -> tuple[bytes, http.client.HTTPResponse]:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body, answer

    def _keep(self, given: list[str]) -> None:
        """What the server sets comes back with the next request, as in any browser."""
        jar = SimpleCookie(self.headers["Cookie"])
        for line in given:
            jar.load(line)
        self.headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def _report(site: Site, times: list[float]) -> None:
    body, _answer = site.browser.get(site.path)
    say(site.name, spread(times))
    say(f"{site.name}.per_second", f"{len(times) / sum(times):.0f}")
    say(f"{site.name}.queries", _queries(site.server.log))
    say(f"{site.name}.page_bytes", len(body))
    say(f"{site.name}.first_visit_bytes", len(body) + _assets(site.browser, site.path))


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
