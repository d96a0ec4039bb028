"""The labelled set: how much is found, how often the check asks about nothing.

Half of the texts (`kept_apart.txt`) and every second file were written first and kept apart: while the rules
were tuned, only their total was looked at. Both halves are printed (`pytest -s`) and both must hold.
"""

from pathlib import Path
from typing import Any

import pytest

from app.privacy.policy import Known, look, look_inside
from tests.privacy.paper import FILES, sections_of

TEXTS = Path(__file__).parent / "texts"
HALVES = ("tuned", "kept_apart")
RECALL, FALSE_ALARMS = 0.9, 0.05
NOBODY = Known.of([])


def labelled(half: str) -> list[tuple[str, str]]:
    """Pairs of what is to be found (`none` for nothing) and the text."""
    lines = (TEXTS / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ", 1) for line in lines]
    return [(kind, text.replace("\\n", "\n")) for kind, text in pairs]


def tally(what: str, results: list[tuple[bool, bool]]) -> tuple[float, float]:
    """`results` are pairs of wanted and found. Prints and gives the recall and the share of false alarms."""
    found = [got for wanted, got in results if wanted]
    alarms = [got for wanted, got in results if not wanted]
    recall, false = sum(found) / len(found), sum(alarms) / len(alarms)
    counts = f"{sum(found)} of {len(found)} found, {sum(alarms)} of {len(alarms)} false alarms"
    print(f"{what}: {counts} (recall {recall:.3f}, false {false:.3f})")
    return recall, false


def test_the_set_is_large_enough() -> None:
    texts = [pair for half in HALVES for pair in labelled(half)]
    assert len(texts) >= 300
    assert len({text for _kind, text in texts}) == len(texts)
    assert 0.4 < sum(kind != "none" for kind, _text in texts) / len(texts) < 0.6
    assert len(FILES) == 30
    assert {name.rpartition(".")[2] for name, _wanted, _content in FILES} == {"csv", "xlsx", "docx", "pdf"}


@pytest.mark.parametrize("half", HALVES)
def test_texts(half: str) -> None:
    results = []
    for kind, text in labelled(half):
        kinds = {finding.kind for finding in look(text)}
        results.append((kind != "none", bool(kinds) if kind == "none" else kind in kinds))
    recall, false = tally(f"texts, {half}", results)
    assert recall >= RECALL
    assert false <= FALSE_ALARMS


@pytest.mark.parametrize(("first", "half"), [(0, "tuned"), (1, "kept apart")])
def test_files(first: int, half: str, tmp_path: Path) -> None:
    results = []
    for name, wanted, content in FILES[first::2]:
        found = look_inside("key", name, sections_of(name, content, tmp_path), NOBODY)
        results.append((wanted, bool(found)))
    recall, false = tally(f"files, {half}", results)
    assert recall >= RECALL
    assert false <= FALSE_ALARMS


def test_the_place_of_a_finding_in_a_file(tmp_path: Path, app: Any) -> None:
    by_name = {name: content for name, _wanted, content in FILES}
    wanted = {
        "period 3.xlsx": "period 3.xlsx, sheet “Period 3”, rows 2 to 4",
        "reflection.docx": "reflection.docx, part 1, line 2",
        "letter.pdf": "letter.pdf, page 1, line 2",
        "exit ticket.csv": "exit ticket.csv, sheet 1, rows 2 to 4",
    }
    for name, where in wanted.items():
        found = look_inside("key", name, sections_of(name, by_name[name], tmp_path), NOBODY)
        assert [finding.where for finding in found] == [where]
        assert found[0].said == ""
