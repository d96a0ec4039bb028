"""The check itself: what it says of what it found, whom it knows, and how little it does for any text."""

import sys
from typing import Any

import pytest

from app.privacy.models import undecided
from app.privacy.policy import look


def said(text: str, known: tuple[str, ...] = ()) -> list[str]:
    return [finding.said for finding in look(text, known)]


def test_a_finding_knows_its_letters() -> None:
    text = "Hm. Marisol Vega got 4/10 on the quiz, and her DOB is 3/4/2012."
    found = look(text)
    assert [finding.kind for finding in found] == ["score", "birth"]
    assert [text[finding.start : finding.end] for finding in found] == ["Marisol Vega got 4/10", "3/4/2012"]


def test_a_colleague_is_no_pupil() -> None:
    assert said("Marisol Vega scored 90%") == ["Marisol Vega scored 90%"]
    assert said("Marisol Vega scored 90%", ("Marisol Vega",)) == []


def test_a_pupil_with_the_first_name_of_a_colleague_is_a_pupil() -> None:
    known = ("Marisol Vega",)
    assert said("Marisol had 22 of 25 handed in", known) == []
    assert said("my student Marisol got 4/10 on the quiz", known) == ["Marisol got 4/10"]


def test_a_pupil_named_in_the_sentence_before() -> None:
    assert [finding.kind for finding in look("I worry about Dante. He has a 52 in my class.")] == ["score"]
    assert said("I worry about Dante. The class has a 52.") == []


def test_each_finding_has_a_sentence_and_a_mark(app: Any) -> None:
    once, again = look("Tyrese got 4/10")[0], look("yes, tyrese got  4/10!")[0]
    other = look("Tyrese got 5/10")[0]
    assert once.mark == again.mark != other.mark
    assert "tyrese" not in once.mark
    assert once.sentence == "This looks like a student’s name with a grade or a score."
    assert once.where == "“Tyrese got 4/10”"
    assert undecided([once, again, other], [other.mark]) == [once]


HARD = {
    "words": "Maria got ",
    "numbers": "7/10 ",
    "digits": "5",
    "names": "Maria Lopez-Garcia de la Cruz ",
    "dashes": "a-",
    "quotes": "o'",
    "addresses": "a.b+c@d.e",
    "at": "@",
    "phones": "555-",
    "months": "born May ",
    "colons": "Maria: ",
    "lines": "Maria 4\n",
    "open": "((((",
}


@pytest.mark.parametrize("kind", HARD)
def test_twice_the_text_takes_twice_the_steps(kind: str) -> None:
    """Counted calls, not time: whatever is written, the work grows no faster than the text."""
    short, long = (steps((HARD[kind] * 20_000)[:length]) for length in (10_000, 20_000))
    assert long <= 2.3 * short + 2_000
    assert long < 3_000_000


def steps(text: str) -> int:
    count = 0

    def seen(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    look(text[:100])
    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        look(text)
    finally:
        sys.setprofile(before)
    return count


def test_a_very_long_text_is_looked_at_as_far_as_it_goes() -> None:
    assert said("word " * 30_000 + "Tyrese got 4/10") == []
    assert len(look("Tyrese got 4/10. Ahmed got 5/10.\n" * 400)) == 50
