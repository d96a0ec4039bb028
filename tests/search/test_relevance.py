"""What teachers type, over the demo network, with the answers that they would want: nDCG@10, printed.

The documents come from the demo's own database; each engine ranks them. Judged are posts, resources,
people and groups; a title's first words stand for the whole. 2 is what they looked for, 1 is a help.
"""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.search.feeding import every_document
from app.core.search.port import Document, Engine, Query, Reach
from app.search.queries.language import parse
from app.search.queries.results import some_of
from app.search.queries.synonyms import FIRST, clauses_of, groups_in
from tests.support.isolation import working_on

JUDGED: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("judged.json").read_text())
GOAL = 0.85


@pytest.fixture(scope="module")
def demo_documents(application: Flask, demo_data: Path, tmp_path_factory: Any) -> list[Document]:
    import shutil

    file = tmp_path_factory.mktemp("judged") / "demo.sqlite3"
    shutil.copyfile(demo_data / "throughline.sqlite3", file)
    with working_on(application, f"sqlite:///{file}"):
        return [document for batch in every_document() for document in batch]


def gain(title: str, wanted: dict[str, int]) -> int:
    return max((worth for begin, worth in wanted.items() if title.startswith(begin)), default=0)


def ndcg(titles: list[str], wanted: dict[str, int]) -> float:
    """How near the order of the first ten is to the best possible one; 1 is the best."""
    found = sum((2 ** gain(title, wanted) - 1) / math.log2(at + 2) for at, title in enumerate(titles[:10]))
    ideal = sorted(wanted.values(), reverse=True)[:10]
    return found / sum((2**worth - 1) / math.log2(at + 2) for at, worth in enumerate(ideal))


def test_what_teachers_type(
    demo_documents: list[Document], engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.rebuild(lambda: [demo_documents])
    titles = {document.owner: document.title for document in demo_documents}
    network = next(each.network_id for each in demo_documents if each.title.startswith("Second go at box"))
    spaces = {each.space_id for each in demo_documents if each.network_id == network and each.space_id}
    reach = Reach(network, frozenset(spaces))
    groups = groups_in(FIRST)
    scores = {}
    for asked, wanted in JUDGED.items():
        assert all(any(title.startswith(begin) for title in titles.values()) for begin in wanted), asked
        clauses = clauses_of(parse(asked).parts, groups)
        marks = {"source": frozenset({"post", "person", "group", "resource"})}
        answer = engine.search(Query(reach, clauses, marks=marks, size=10))
        if not answer.total:
            answer = engine.search(Query(reach, some_of(clauses), marks=marks, size=10))
        scores[asked] = ndcg([titles[owner] for owner in answer.owners], wanted)
    mean = sum(scores.values()) / len(scores)
    with capsys.disabled():
        worst = sorted(scores.items(), key=lambda pair: pair[1])[:6]
        print(f"\n{type(engine).__name__}: nDCG@10 {mean:.3f} over {len(scores)} queries; lowest {worst}")
    assert mean >= GOAL
