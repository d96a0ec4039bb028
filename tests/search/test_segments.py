"""What is kept of a part of the embedded index: the same answers as counting anew each time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.search.embedded import Embedded, bits, segments
from app.core.search.port import Document, Query, Reach

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = [(number * 37) % 50 for number in range(50)]
"""Not in the order of the numbers, as with what is edited or held back."""


@pytest.fixture
def engine(tmp_path: Path) -> Embedded:
    made = Embedded(tmp_path / "index")
    made.rebuild(
        lambda: [
            [
                Document(f"contribution:{number}", 1, None, "", "word", BEGAN + timedelta(days=day))
                for number, day in enumerate(DAYS)
            ]
        ]
    )
    return made


def test_what_is_older_than_a_moment(engine: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "STEP", 8)
    for day in (20, 3, 50, 0, 49, 21):
        until = BEGAN + timedelta(days=day)
        answer = engine.search(Query(Reach(1, frozenset()), until=until, size=0))
        assert answer.total == sum(each < day for each in DAYS)
        since = engine.search(Query(Reach(1, frozenset()), since=until, newest_first=True, size=60))
        assert len(since.owners) == since.total == sum(each >= day for each in DAYS)
    (kept,) = engine._segments.values()
    assert bits.every(50) == kept.before(2**33)
