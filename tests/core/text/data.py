"""The public bad-input sets, which lie beside the project; tests say so where they are absent."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3].parent / "shared" / "data"


def xss_payloads() -> list[str]:
    """One payload a line."""
    return [line for line in _read("xss-payload-list.txt").splitlines() if line.strip()]


def naughty_strings() -> list[str]:
    """Strings that have broken other people's software."""
    return list(json.loads(_read("naughty-strings.json")))


def _read(name: str) -> str:
    if not (FOLDER / name).exists():
        pytest.skip(f"the public bad-input set {name} is not beside the project")
    return (FOLDER / name).read_text(encoding="utf-8")
