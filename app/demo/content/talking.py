"""What a script says among a few people, and what a group's check-in was answered: from `talks.json`."""

import json
from functools import cache
from typing import Any

from app.demo.content.nouns import CheckIns, Message, RoundAnswer, Talk, When
from app.demo.content.reading import HERE


@cache
def read_talks(slug: str) -> tuple[tuple[Talk, ...], CheckIns | None]:
    """The conversations of a network, and its check-in where it has one."""
    written = json.loads((HERE / slug / "talks.json").read_text(encoding="utf-8"))
    talks = tuple(
        Talk(
            tuple(row["people"]),
            tuple(Message(**{**line, "when": When(**line["when"])}) for line in row["lines"]),
            row["read"],
        )
        for row in written["conversations"]
    )
    return talks, _check_ins(written["check_in"])


def _check_ins(row: dict[str, Any] | None) -> CheckIns | None:
    if row is None:
        return None
    rounds = tuple(
        tuple(RoundAnswer(**{**answer, "answers": tuple(answer["answers"])}) for answer in answers)
        for answers in row["rounds"]
    )
    return CheckIns(**{**row, "questions": tuple(row["questions"]), "rounds": rounds})
