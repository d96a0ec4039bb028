"""What every engine must do, asked of each of them with the same documents."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.search import words
from app.core.search.embedded import evaluation
from app.core.search.embedded.engine import Embedded
from app.core.search.port import Alternative, Clause, Document, Engine, EngineDown, Query, Reach

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)
REACH = Reach(1, frozenset({10, 11}))


def document(number: int, text: str, *, space: int | None = 10, title: str = "", **more: object) -> Document:
    made = Document(
        owner=f"contribution:{number}",
        network_id=1,
        space_id=space,
        title=title,
        words=text,
        published_at=BEGAN + timedelta(days=number),
        starts=title,
        marks={"source": ("post",), "kind": ("question" if number % 2 else "update",), "grade": ("7",)},
    )
    return replace(made, **more)  # type: ignore[arg-type]


def has(*said: str, together: bool = False, never: bool = False) -> Clause:
    stems = tuple(stem for each in said for stem in words.stems(each))
    return Clause((Alternative(stems, together=together),), never=never)


def owners(engine: Engine, *clauses: Clause, **more: object) -> list[str]:
    query = Query(REACH, clauses, **more)  # type: ignore[arg-type]
    return [owner.partition(":")[2] for owner in engine.search(query).owners]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.write(
        (),
        [
            document(1, "Box plots from sneaker sizes, twenty-four shoes on cards", title="Box plots"),
            document(2, "We drew a plot on the floor. The box came later."),
            document(3, "Fractions on a number line, and José's fraction strips", space=11),
            document(4, "A secret zebra plot of boxes", space=99, title="Zebra plans"),
            document(5, "A box of plots in another network", network_id=2),
            document(6, "Ratio tables across or down?", space=None, title="Ratio tables"),
        ],
    )
    return engine


def test_words_are_found_by_their_stem_without_accents(filled: Engine) -> None:
    assert set(owners(filled, has("boxes"), has("plot"))) == {"1", "2"}
    assert owners(filled, has("jose")) == ["3"]
    assert owners(filled, has("FRACTION")) == ["3"]


def test_a_title_counts_more_than_a_text(filled: Engine) -> None:
    assert owners(filled, has("box"), has("plots")) == ["1", "2"]


def test_a_copy_stands_below_what_it_was_made_of(engine: Engine) -> None:
    """The same title and nearly the same words; a copy that answers better stays above."""
    copy = {"source": ("resource",), "has": ("copy", "file")}
    words_of_it = "Sort the shoes, draw the plot, then compare the two halves."
    engine.write(
        (),
        [
            document(1, f"{words_of_it} With a key.", title="Sneaker plots"),
            document(2, words_of_it, title="Sneaker plots", marks=copy),
            document(3, f"{words_of_it} Rhombus.", title="Rhombus plots", marks=copy),
            document(4, f"{words_of_it} A rhombus at the end of it all.", title="Other plots"),
        ],
    )
    assert owners(engine, has("sneaker"), has("plots")) == ["1", "2"]
    assert owners(engine, has("rhombus"))[0] == "3"
    assert owners(engine, has("sneaker"), newest_first=True) == ["2", "1"]


def test_a_phrase_stands_side_by_side(filled: Engine) -> None:
    assert owners(filled, has("number line", together=True)) == ["3"]
    assert owners(filled, has("line number", together=True)) == []


def test_what_must_not_be_there(filled: Engine) -> None:
    assert owners(filled, has("plot"), has("floor", never=True)) == ["1"]


def test_any_of_several_words(filled: Engine) -> None:
    either = Clause((Alternative(("zebra",)), Alternative(("ratio",), weight=0.5)))
    assert owners(filled, either) == ["6"]


def test_nothing_comes_from_outside_the_reach(filled: Engine) -> None:
    found = filled.search(Query(REACH, (has("plot"),), count=("kind", "source")))
    assert found.total == 2
    assert sum(found.counts["kind"].values()) == 2
    insider = Query(Reach(1, frozenset({99})), (has("zebra"),))
    assert filled.search(insider).total == 1
    assert owners(filled, has("zebra")) == []
    assert filled.begin_with(REACH, ["zeb"], ("post",), 5) == []
    assert filled.near(REACH, "zebr", 5) == []


def test_a_hidden_word_and_no_word_answer_alike(filled: Engine) -> None:
    hidden, none = (
        filled.search(Query(REACH, (has(word),), count=("kind", "grade", "source")))
        for word in ("zebra", "zzyzx")
    )
    assert hidden == none


def test_what_changed_is_out_of_reach_at_once(filled: Engine) -> None:
    late = replace(REACH, changed=frozenset({"contribution:1"}))
    found = filled.search(Query(late, (has("plot"),), count=("kind",)))
    assert (found.owners, found.total, found.counts) == (["contribution:2"], 1, {"kind": {"update": 1}})
    assert filled.begin_with(late, ["box"], ("post",), 5) == []
    assert filled.begin_with(REACH, ["box"], ("post",), 5) == ["contribution:1"]


def test_facets_leave_their_own_filter_out(filled: Engine) -> None:
    found = filled.search(
        Query(REACH, (has("plot"),), marks={"kind": frozenset({"question"})}, count=("kind", "grade"))
    )
    assert (found.owners, found.total) == (["contribution:1"], 1)
    assert found.counts == {"kind": {"question": 1, "update": 1}, "grade": {"7": 1}}


def test_dates_and_the_newest_first(filled: Engine) -> None:
    assert owners(filled, newest_first=True) == ["6", "3", "2", "1"]
    assert owners(filled, newest_first=True, since=BEGAN + timedelta(days=3)) == ["6", "3"]
    assert owners(filled, newest_first=True, until=BEGAN + timedelta(days=3)) == ["2", "1"]


def test_pages_follow_one_another(engine: Engine) -> None:
    engine.write((), [document(number, "the same plot") for number in range(1, 26)])
    seen: list[str] = []
    after, more = None, True
    while more:
        answer = engine.search(Query(REACH, (has("plot"),), size=10, after=after))
        seen += answer.owners
        after, more = answer.owners[-1], answer.more
    assert seen == [f"contribution:{number}" for number in range(25, 0, -1)]
    assert answer.total == 25


def test_a_document_is_replaced_and_forgotten(filled: Engine) -> None:
    filled.write(["contribution:1"], [document(1, "now about circles")])
    assert owners(filled, has("sneaker")) == []
    assert owners(filled, has("circle")) == ["1"]
    filled.write(["contribution:1"], [])
    assert owners(filled, has("circle")) == []


def test_names_are_completed(filled: Engine) -> None:
    assert filled.begin_with(REACH, ["rat"], ("post",), 5) == ["contribution:6"]
    assert filled.begin_with(REACH, ["box", "pl"], ("post",), 5) == ["contribution:1"]
    assert filled.begin_with(REACH, ["box", "pl"], ("person",), 5) == []


def test_a_slip_is_near(filled: Engine) -> None:
    assert filled.near(REACH, words.stem("fractons"), 5) == ["contribution:3"]


@pytest.mark.parametrize("odd", ["'", "\\", "a'b", "'' | !", "kind=x", "%", "ł", "漢字", "🦓", "\\'"])
def test_odd_letters_are_only_letters(engine: Engine, odd: str) -> None:
    engine.write((), [document(1, f"before {odd} after", title=f"{odd} title")])
    engine.search(Query(REACH, (Clause((Alternative((odd,)),)),), marks={"kind": frozenset({odd})}))
    engine.begin_with(REACH, [odd], ("post",), 5)
    engine.near(REACH, odd, 5)
    assert owners(engine, has("after")) == ["1"]


def test_a_distrusted_index_says_so_and_a_new_one_has_everything(filled: Engine) -> None:
    filled.distrust()
    assert not filled.ready()
    with pytest.raises(EngineDown):
        owners(filled, has("plot"))
    filled.rebuild(lambda: [[document(7, "a new plot")]])
    assert filled.ready()
    assert filled.check()
    assert owners(filled, has("plot")) == ["7"]


def test_words_inside_files_are_found_and_make_no_own_word_count_less(engine: Engine) -> None:
    long = "A long worksheet about many other things. " * 200
    engine.write(
        (),
        [
            document(1, "A zebra was drawn", inside=f"{long} rhombus in the corner"),
            document(2, "Something else entirely, in many more words than that one had", inside="zebra"),
            document(3, "Nothing of the kind"),
        ],
    )
    assert owners(engine, has("rhombus")) == ["1"]
    assert owners(engine, has("the corner", together=True)) == ["1"]
    assert owners(engine, has("zebra"))[0] == "1"
    assert set(owners(engine, has("zebra"))) == {"1", "2"}


def test_a_question_that_fails_finds_nothing_and_a_damage_is_still_a_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Embedded(tmp_path / "index")
    engine.rebuild(lambda: [[document(1, "a box plot")]])

    def fail(*_given: object) -> None:
        raise RecursionError("too deep")

    with monkeypatch.context() as broken:
        broken.setattr(evaluation, "search", fail)
        assert engine.search(Query(REACH, has("plot"), count=("kind",))).total == 0
    assert engine.ready(), "one question makes nobody else wait"
    assert owners(engine, has("plot")) == ["1"]
    part = next((tmp_path / "index").glob("*/*.seg"))
    part.write_bytes(part.read_bytes()[:-40])
    engine._whole_until = 0.0
    with monkeypatch.context() as broken:
        broken.setattr(evaluation, "search", fail)
        with pytest.raises(EngineDown):
            owners(engine, has("plot"))
    assert not engine.ready()
