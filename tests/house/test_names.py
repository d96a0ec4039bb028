"""Everything has its place: the same words in every feature, and nothing without a noun."""

import ast
import re
from pathlib import Path

from tests.house import tree

WORDS = {
    "models", "events", "policy", "queries", "actions", "forms",
    "routes", "sockets", "api", "jobs", "subscribers", "templates",
}  # fmt: skip
TOP = ("config.py", "config_values.py", "secret_key.py", "wsgi.py")
NOT_A_FEATURE = {"core", "demo", "static", "translations"}


def features() -> set[str]:
    inside = (path.parts[1] for path in tree.files() if path.parts[0] == "app" and len(path.parts) > 2)
    return {name for name in inside if name not in NOT_A_FEATURE}


def test_a_feature_uses_only_the_house_words() -> None:
    strange = [
        str(path)
        for path in tree.files()
        if path.parts[0] == "app" and len(path.parts) > 2 and path.parts[1] in features()
        if path.parts[2].removesuffix(".py") not in WORDS | {"__init__"}
    ]
    assert strange == []


def test_a_features_templates_carry_its_name() -> None:
    strange = [
        str(path)
        for path in tree.files()
        if path.parts[0] == "app" and "templates" in path.parts and len(path.parts) > 4
        if path.parts[1] != path.parts[path.parts.index("templates") + 1]
    ]
    assert strange == []


def test_nothing_is_called_utils() -> None:
    nameless = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [str(path) for path in tree.files() if path.stem in nameless] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path)
        for path in [*tree.below("app", "bench", "migrations", "tests"), *map(Path, TOP)]
        if tree.read(path).strip() and not ast.get_docstring(ast.parse(tree.read(path)))
    ]
    assert silent == []


def test_every_test_is_found() -> None:
    hidden = [
        str(path)
        for path in tree.below("tests")
        if re.search(r"^(async )?def test_", tree.read(path), re.MULTILINE)
        and not path.stem.startswith("test_")
    ]
    assert hidden == []


def test_nothing_is_left_undone() -> None:
    """No notes to oneself, no silenced type without its reason's code, no test that is not run."""
    marks = re.compile(
        r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|type: ignore(?!\[)|mark\.(skip|xfail)\b|pytest\.(skip|xfail)\("
    )
    kinds = {".py", ".ts", ".scss", ".mjs", ".html", ".sh", ".md"}
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in tree.files()
        # Public bad-input sets may lie beside the project or not: their readers may skip.
        if path.suffix in kinds and path != Path("tests/house/test_names.py") and path.stem != "data"
        for number, line in enumerate(tree.read(path).splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []
