"""A PostgreSQL server for one test run: the system's own binaries, else the ones from pip's pgserver.

The server listens on a socket in a temporary folder only, keeps nothing, and stops with the run. As root
the system's binaries run as the user `postgres`, because they refuse root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
NOT_FOUND = (
    "No PostgreSQL was found. Debian or Ubuntu: apt install postgresql. macOS: brew install postgresql. "
    "Without one, run the tests on SQLite: unset TEST_DATABASE."
)


def find_binaries() -> Path | None:
    """The folder of the newest initdb on this machine, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name)
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve())
    return found[-1].parent if found else None


def has_pgserver() -> bool:
    try:
        import pgserver  # noqa: F401
    except ImportError:
        return False
    return True


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the address of its database `postgres`. Raises RuntimeError without one."""
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if binaries:
            with _of_the_system(binaries, folder) as address:
                yield address
        elif has_pgserver():
            with _of_pip(folder) as address:
                yield address
        else:
            raise RuntimeError(NOT_FOUND)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _of_the_system(binaries: Path, folder: Path) -> Iterator[str]:
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        runner = shutil.which("runuser")
        prefix = [runner, "-u", "postgres", "--"] if runner else ["su", "postgres", "-s", "/bin/sh", "-c"]

    def run(*command: str | Path) -> None:
        words = [str(word) for word in command]
        if prefix[:1] == ["su"]:
            words = [" ".join(f"'{word}'" for word in words)]
        # From a folder that the other user may enter; its own is somebody's home.
        subprocess.run(
            [*prefix, *words], check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    data = folder / "data"
    run(
        binaries / "initdb",
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    )
    control = (binaries / "pg_ctl", "-D", data, "-w")
    run(*control, "-l", folder / "log", "-o", f"{SETTINGS} -c listen_addresses= -k {folder}", "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        run(*control, "-m", "immediate", "stop")


@contextmanager
def _of_pip(folder: Path) -> Iterator[str]:
    import pgserver

    running = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield running.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        running.cleanup()


if __name__ == "__main__":
    # For bin/test: whether there is one to use; with --system, whether the system itself has one.
    sys.exit(not (find_binaries() or ("--system" not in sys.argv and has_pgserver())))
