"""The files of the house: what git tracks or would track, by kind."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed or about to be, as paths below the top."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = {name for name in listed.stdout.decode().split("\0") if name}
    else:
        # An unpacked archive has no git; then all is looked at but what is made here.
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = {str(path) for path in paths if not any(map(_is_made_here, path.parts))}
    return tuple(Path(name) for name in sorted(names) if (ROOT / name).is_file())


def _is_made_here(name: str) -> bool:
    made = name in ("node_modules", "instance", "dist", "__pycache__")
    return made or (name.startswith(".") and name not in (".ci", ".editorconfig", ".gitignore"))


def below(*folders: str, ending: str = ".py") -> list[Path]:
    return [path for path in files() if path.parts[0] in folders and path.suffix == ending]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines(path: Path) -> int:
    return read(path).count("\n")
