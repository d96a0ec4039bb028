"""The real processes, as production starts them: gunicorn with gevent, and the worker.

Used by browser tests and by tests of faults, which kill and restart them.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.databases import ROOT
from tests.support.environment import of_a_process

READY_WITHIN = 60.0
"""Seconds in which a start must answer; a busy machine takes its time."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One copy of Throughline on a free port, with its own data folder."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = of_a_process(
            data,
            HOST="127.0.0.1",
            PORT=str(self.port),
            LOG_FORMAT="json",
            PYTHONWARNINGS="default",
            **settings,
        )
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def log(self) -> str:
        """What both processes have said so far."""
        files = sorted(self.data.glob("log-*.txt"))
        return "\n".join(file.read_text(errors="replace") for file in files)

    def start(self, *names: str) -> "Server":
        """Start `web` and `worker` (or only those named) and wait until the pages answer."""
        commands = {
            "web": ["-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"],
            "worker": ["-m", "flask", "worker"],
        }
        for name in names or tuple(commands):
            with (self.data / f"log-{name}.txt").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, *commands[name]],
                    cwd=ROOT,
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self.wait()
        return self

    def wait(self) -> None:
        """Until /healthz answers. Raises RuntimeError with the log when a process ends instead."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(
                        f"the {name} process ended with {process.returncode}:\n{self.log[-4000:]}"
                    )
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"nothing answered at {self.url}:\n{self.log[-4000:]}")

    def kill(self, *names: str) -> None:
        """End processes as a power cut does, with their children."""
        for name in names or tuple(self.processes):
            process = self.processes.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End both processes politely, and at last impolitely."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
