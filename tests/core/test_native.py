"""Work for the processor: done at once in a plain process, beside the loop in a gevent one."""

import subprocess
import sys

import pytest

from app.core.native import run_native

ON_GEVENT = """
from gevent import monkey
monkey.patch_all()
import contextvars, gevent, hashlib, threading
from app.core.native import run_native

ticks = []
def tick():
    while True:
        ticks.append(1)
        gevent.sleep(0.001)

gevent.spawn(tick)
gevent.sleep(0)
threads = {threading.get_native_id()}
def work(rounds):
    threads.add(threading.get_native_id())
    return hashlib.pbkdf2_hmac("sha256", b"x", b"y", rounds)
before = len(ticks)
made = run_native(work, 300_000)
assert len(made) == 32
assert len(threads) == 2, "the work held the loop's own thread"
assert len(ticks) - before > 5, "nothing else went on meanwhile"
language = contextvars.ContextVar("language", default="en")
language.set("es")
assert run_native(language.get) == "es"
try:
    run_native(int, "no number")
except ValueError:
    print("done")
"""


def test_in_a_plain_process_it_simply_runs() -> None:
    assert run_native(sorted, [2, 1], reverse=True) == [2, 1]
    with pytest.raises(ValueError, match="invalid literal"):
        run_native(int, "x")


def test_on_gevent_the_loop_goes_on() -> None:
    ran = subprocess.run([sys.executable, "-c", ON_GEVENT], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "done"), ran.stderr
    assert ran.stderr == "", "what is raised is the caller's business alone"
