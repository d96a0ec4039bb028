"""The scripts parse, keep to the bash of macOS, and what the README says to type exists."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.house import tree

SCRIPTS = [path for path in tree.files() if path.parts[0] in ("bin", ".ci")]
RUN = [path for path in SCRIPTS if path.suffix != ".sh"]


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_a_script_parses(script: Path) -> None:
    done = subprocess.run(["bash", "-n", script], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("script", RUN, ids=str)
def test_a_script_can_be_run_and_stops_at_errors(script: Path) -> None:
    assert os.access(tree.ROOT / script, os.X_OK)
    assert tree.read(script).startswith("#!/usr/bin/env bash\n# ")
    assert re.search(r"^set -e?uo pipefail$", tree.read(script), re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_a_script_keeps_to_bash_3(script: Path) -> None:
    """What bash 3.2 or the tools of macOS do not know."""
    newer = re.compile(
        r"declare -[Ag]|local -[An]|mapfile|readarray|wait -n|\$\{\w+(\[@\])?(,,|\^\^)|\|&|&>>|coproc"
        r"|readlink -f|sed -i |sha256sum|\btimeout \d|date \+%s%N|find .* -printf|setsid|grep -P|stat -c"
    )
    text = [line for line in tree.read(script).splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in text if newer.search(line)] == []


@pytest.mark.parametrize("page", ["README.md", "docs/development.md"])
def test_a_pages_commands_exist(page: str) -> None:
    path = tree.ROOT / page
    named = set(re.findall(r"(?<![\w/.])((?:bin|\.ci)/[a-z]+)\b", path.read_text()) if path.exists() else [])
    assert sorted(name for name in named if not (tree.ROOT / name).exists()) == []
