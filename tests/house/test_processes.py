"""What bin/lib.sh promises about set-up steps and about the two processes, tried with small ones."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import tree

Shell = Callable[[str], "subprocess.Popen[str]"]


def _hear_signals() -> None:
    """A background run ignores some signals, and a shell cannot hear again what it was born ignoring."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Starts a script that has sourced bin/lib.sh, with a data folder of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str) -> "subprocess.Popen[str]":
        (tmp_path / "script").write_text(f"set -euo pipefail\n. {tree.ROOT}/bin/lib.sh\n{script}\n")
        process = subprocess.Popen(
            ["bash", tmp_path / "script"],
            env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_hear_signals,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


TWO = """
start web bash -c 'echo $$ >"$DATA_DIR/web"; exec sleep 60'
start worker bash -c 'echo $$ >"$DATA_DIR/worker"; exec sleep 60'
supervise 127.0.0.1 9
"""


def pid(tmp_path: Path, name: str) -> int:
    file = tmp_path / "data" / name
    wait_for(lambda: file.exists() and bool(file.read_text().strip()))
    return int(file.read_text())


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_one_process_ends_the_other_is_stopped(shell: Shell, tmp_path: Path, name: str) -> None:
    running = shell('mkdir -p "$DATA_DIR"' + TWO)
    pids = {each: pid(tmp_path, each) for each in ("web", "worker")}
    os.kill(pids[name], signal.SIGKILL)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 1
    assert f"the {name} process ended by itself" in said
    assert not any(map(alive, pids.values()))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_both(shell: Shell, tmp_path: Path, number: int) -> None:
    running = shell('mkdir -p "$DATA_DIR"' + TWO)
    pids = [pid(tmp_path, "web"), pid(tmp_path, "worker")]
    running.send_signal(number)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert not any(map(alive, pids))


def test_a_step_that_fails_says_what_to_do(shell: Shell, tmp_path: Path) -> None:
    running = shell(
        "step knot 'Tying a knot' 'Take a longer rope.' bash -c 'echo too short; exit 3'; say never"
    )
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 1
    for expected in (
        "Tying a knot",
        "failed",
        "| too short",
        "Take a longer rope.",
        str(tmp_path / "data" / "log" / "setup-knot.log"),
    ):
        assert expected in said
    assert "never" not in said


def test_a_step_that_works_takes_one_line(shell: Shell) -> None:
    said, _ = shell("step knot 'Tying a knot' 'Advice.' echo tied").communicate(timeout=60)
    assert said.splitlines() == [said.strip("\n")]
    assert "done" in said
    assert "tied" not in said


def test_a_part_that_can_be_missing_does_not_stop(shell: Shell) -> None:
    said, _ = shell("soft_step bell 'Ringing' false; say on").communicate(timeout=60)
    assert "not possible here" in said
    assert said.endswith("on\n")
