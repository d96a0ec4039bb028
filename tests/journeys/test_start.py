"""`bin/run` as a stranger meets it: the first start, the next one, and refusals in plain words."""

import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import ROOT, flask
from tests.support.environment import of_a_process
from tests.support.servers import free_port

Running = subprocess.Popen[str]


class Start:
    """Starts `bin/run` with a data folder and a port of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.started: list[Running] = []

    def __call__(self, *arguments: str, **settings: str) -> Running:
        process = subprocess.Popen(
            ["bin/run", *arguments],
            cwd=ROOT,
            env=of_a_process(self.data, PORT=str(self.port), **settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def until_it_answers(self, process: Running) -> str:
        """What it says until the pages answer; fails when it ends before."""
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Throughline is at "):
                return said
        raise AssertionError(said)

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return str(answer.read().decode())


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    starting = Start(tmp_path / "data")
    yield starting
    for process in starting.started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_an_empty_start_gives_a_link_for_a_real_network(start: Start) -> None:
    running = start("--empty")
    said = start.until_it_answers(running)
    link = re.search(rf"http://127\.0\.0\.1:{start.port}(/\S+)", said)
    assert link, said
    assert "<form" in start.page(link[1])
    assert "throughline-demo" not in start.page("/sign-in")


def test_it_stops_politely_and_starts_again_as_it_was(start: Start, demo_data: Path) -> None:
    shutil.copytree(demo_data, start.data)
    (start.data / ".stamp-begun").write_text("demo\n")
    for _ in range(2):
        running = start()
        start.until_it_answers(running)
        assert "throughline-demo" in start.page("/sign-in")
        running.send_signal(signal.SIGTERM)
        rest, _ = running.communicate(timeout=30)
        assert running.returncode == 0, rest
        assert "Traceback" not in rest
    said = start.until_it_answers(start())
    assert "Bringing the database" not in said
    assert "Loading the demo" not in said


def test_a_real_network_begins_where_no_demo_is(start: Start, demo_data: Path) -> None:
    shutil.copytree(demo_data, start.data)
    (start.data / ".stamp-begun").write_text("demo\n")
    refused = start("--empty")
    said, _ = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert "already holds the demo" in said

    flask("demo", "remove", env=of_a_process(start.data))
    assert "/setup" in start.until_it_answers(start("--empty"))


def test_a_taken_port_is_said(start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", start.port))
        other.listen()
        refused = start("--empty")
        said, _ = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert f"something else already answers at 127.0.0.1:{start.port}" in said


def test_a_production_start_refuses_a_missing_key(start: Start) -> None:
    refused = start("--empty", APP_ENV="production")
    said, _ = refused.communicate(timeout=120)
    assert refused.returncode == 1
    assert "Throughline cannot start: SECRET_KEY must be set in production" in said
    assert "Traceback" not in said
