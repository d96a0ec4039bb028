"""The values that a setting may have: each function reads one, or raises ValueError with what it must be.

Neighbours: `config` has the table of variables that uses them, and makes the sentence.
"""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import secret_key

ROOT = Path(__file__).resolve().parent


def whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in words:
            raise ValueError("one of " + ", ".join(words))
        return value.lower()

    return parse


def url(example: str, *schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        with suppress(ValueError):
            parts = urlsplit(value)
            if parts.scheme in schemes and (parts.netloc or parts.path) and parts.port != 0:
                return value.rstrip("/")
        raise ValueError(f"an address such as {example}")

    return parse


def folder(value: str) -> Path:
    """A folder; a relative one counts from the top of the checkout."""
    plain = unquote(value.removeprefix("file://"))
    if not plain or "://" in plain:
        raise ValueError("a folder on this machine")
    return ROOT / Path(plain).expanduser()


def key(value: str) -> str:
    """A key that nobody guesses."""
    if weakness := secret_key.weakness_of(value):
        raise ValueError(f"at least 32 random characters (it {weakness})")
    return value


def program(value: str) -> str:
    """A program on this machine, by name or by place; `none` for going without."""
    found = shutil.which(value)
    if not found and value != "none":
        raise ValueError("a program that is installed here, or none")
    return found or ""


def database(value: str) -> str:
    """A SQLAlchemy address for SQLite (a file) or PostgreSQL (through psycopg)."""
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return f"sqlite:///{ROOT / rest[1:]}"
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{rest}"
    raise ValueError("like postgresql://user:password@host/name or sqlite:////folder/file.sqlite3")
