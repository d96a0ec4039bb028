"""Nothing grows past what one person reads at once."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.house import tree

PYTHON = [path for path in tree.files() if path.suffix == ".py" and path.parts[0] != "migrations"]
CODE = [path for path in PYTHON if path.parts[0] != "tests"]
WORDS = {"data", "demo"}
"""Folders whose Python is text written for people; a sentence is not a step of a program."""


def functions(path: Path) -> list[tuple[str, int]]:
    """Names and lengths, docstrings not counted, of the functions in a module."""
    found = []
    for node in ast.walk(ast.parse(tree.read(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            found.append((f"{path}:{node.lineno} {node.name}", length))
    return found


@pytest.mark.parametrize(
    ("paths", "ceiling"),
    [
        (CODE, 300),
        ([path for path in PYTHON if path.parts[0] == "tests"], 500),
        ([path for path in tree.files() if path.suffix == ".html"], 120),
        (tree.below("frontend", ending=".ts") + tree.below("frontend", ending=".scss"), 300),
        ([path for path in tree.files() if path.suffix == ".mjs"], 300),
    ],
    ids=["python", "tests", "templates", "front end", "build"],
)
def test_files_stay_below_their_ceiling(paths: list[Path], ceiling: int) -> None:
    assert [(str(path), tree.lines(path)) for path in paths if tree.lines(path) > ceiling] == []


def test_half_of_the_files_are_short() -> None:
    code = [path for path in CODE if path.parts[0] == "app" and not WORDS & set(path.parts)]
    assert statistics.median(tree.lines(path) for path in code) <= 100


def test_functions_stay_below_forty_lines() -> None:
    long = [(name, length) for path in CODE for name, length in functions(path) if length > 40]
    assert long == []


def test_half_of_the_functions_are_tiny() -> None:
    lengths = [length for path in CODE if path.parts[0] == "app" for _, length in functions(path)]
    assert statistics.median(lengths) <= 8
