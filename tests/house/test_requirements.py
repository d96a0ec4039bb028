"""The pinned lists hold on every machine: they follow the short ones, name no place, and miss nothing."""

import ast
import itertools
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.house import tree

LISTS = ["requirements", "requirements-dev", "requirements-node"]
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]+\])?==(?P<version>[^ ;\\]+)(?P<rest>[^\\]*)", re.MULTILINE
)


def wanted(name: str) -> list[Requirement]:
    written = [line.split("#")[0].strip() for line in tree.read(Path(f"{name}.in")).splitlines()]
    return [Requirement(line) for line in written if line and not line.startswith("-")]


def pins(name: str) -> dict[str, str]:
    found = PIN.finditer(tree.read(Path(f"{name}.txt")))
    return {canonicalize_name(match["name"]): match["version"] for match in found}


@pytest.mark.parametrize("name", LISTS)
def test_the_pinned_list_follows_the_short_one(name: str) -> None:
    pinned = pins(name)
    for requirement in wanted(name):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {name}.txt: run bin/lock"
        assert requirement.specifier.contains(version), f"{requirement} and {version} differ: run bin/lock"


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_its_hashes(name: str) -> None:
    text = tree.read(Path(f"{name}.txt"))
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.split("\n#\n", 1)[-1].strip())
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", [f"{each}.txt" for each in LISTS] + ["frontend/package-lock.json"])
def test_no_pinned_list_names_where_it_was_made(name: str) -> None:
    text = tree.read(Path(name))
    assert not re.search(
        r"--(index-url|extra-index-url|find-links|trusted-host)|file://|@ http|\"resolved\"", text
    )


def test_both_lists_agree() -> None:
    run, develop = pins("requirements"), pins("requirements-dev")
    assert {
        name: (run[name], develop[name]) for name in run.keys() & develop.keys() if run[name] != develop[name]
    } == {}


@pytest.mark.parametrize("python", ["3.11.2", "3.11.9", "3.12.9", "3.13.9", "3.14.1"])
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_the_lists_are_complete_on_every_python(python: str, system: str) -> None:
    """A package that only another Python or system needs must be pinned too, or hashes refuse it there."""
    pinned = pins("requirements") | pins("requirements-dev")
    missing = set()
    for name, machine in itertools.product(pinned, ("x86_64", "aarch64", "arm64")):
        here = {
            **default_environment(),
            "python_version": python.rpartition(".")[0],
            "python_full_version": python,
            "sys_platform": system,
            "platform_system": system.capitalize(),
            "platform_machine": machine,
        }
        for line in installed_requires(name):
            needed = Requirement(line)
            if needed.marker and not needed.marker.evaluate({**here, "extra": ""}):
                continue
            if canonicalize_name(needed.name) not in pinned:
                missing.add(f"{name} needs {needed.name}")
    assert missing == set()


def installed_requires(name: str) -> list[str]:
    """What a package says that it needs; nothing where this Python has no use for it."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0", "3.14.0"])
def test_no_pin_refuses_a_python_that_we_promise(name: str, python: str) -> None:
    refusing = set()
    for match in PIN.finditer(tree.read(Path(f"{name}.txt"))):
        marker = match["rest"].partition(";")[2].strip()
        here = {"python_version": python.rpartition(".")[0], "python_full_version": python}
        if marker and not Marker(marker).evaluate({**default_environment(), **here}):
            continue
        wants = required_python(match["name"])
        if wants and not SpecifierSet(wants).contains(python):
            refusing.add(f"{match['name']} wants Python {wants}")
    assert refusing == set()


def required_python(name: str) -> str | None:
    try:
        return metadata.metadata(name).get("Requires-Python")
    except metadata.PackageNotFoundError:
        return None


def test_everything_that_is_imported_is_pinned() -> None:
    """What happens to be installed here may be missing elsewhere."""
    provided = metadata.packages_distributions()
    paths = [
        *tree.below("app", "migrations"),
        *map(Path, ("config.py", "config_values.py", "secret_key.py", "wsgi.py", "gunicorn.conf.py")),
    ]
    names = {name for path in paths for name in imported(ast.parse(tree.read(path)))}
    foreign = names - sys.stdlib_module_names - {"app", "config", "config_values", "secret_key", "_typeshed"}
    pinned = pins("requirements")
    lost = {
        name
        for name in foreign
        if not {canonicalize_name(each) for each in provided.get(name, [])} & pinned.keys()
    }
    assert lost == set()


def imported(module: ast.Module) -> set[str]:
    """The first words of what a module imports."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found
