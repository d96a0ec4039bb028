"""Formulas in texts: which dollars hold one, what stays as it is, what each way of printing makes."""

from typing import Any

import pytest

from app.core import text
from app.core.maths import shown, shown_lines, spoken
from app.core.maths.budget import MOST_LETTERS_ANEW, MOST_ON_A_PAGE, cut_so_far
from app.core.maths.writing import MOST_FORMULAS


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("$x$-axis and the $n$th term", "x-axis and the nth term"),
        (r"use $\frac{3}{4}$, please", "use 3/4, please"),
        ("($x^2$)", "(x²)"),
        ("$$x^2$$", "x²"),
        ("so $$x^2$$ is", "so x² is"),
        ("$a<b$ & $c>d$", "a < b & c > d"),
        (r"$5 \times 3$ and $3 + 4 = 7$ and $5", "5 × 3 and 3 + 4 = 7 and $5"),
        (r"\$5 and $x$ and \$", "$5 and x and $"),
        (r"$\$5 \times 3$", "$5 × 3"),
        (r"$\foo$ and $x$", r"$\foo$ and x"),
        (r"$distance = rate \times time$", "distance = rate × time"),
        (r"$\text{if it rains} > 3$", "if it rains > 3"),
    ],
)
def test_formulas_read_well(typed: str, read: str) -> None:
    stored = text.from_plain(typed)
    assert text.plain(stored) == read
    assert text.typed(stored) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "$5 and $10",
        "It costs $5-$10 or $5/$6.",
        "I have $5, you have 10$.",
        "$5 or 10$",
        "US$5 or A$",
        "$20/$kid and $3.50-$kid",
        "$$$ wow $$$",
        "$ x $",
        "$",
        "$$",
        "$$$$",
        "$they said it costs more$",
        "x$y$",
    ],
)
def test_money_is_money(typed: str) -> None:
    stored = text.from_plain(typed)
    assert shown(stored) == stored
    assert text.plain(stored) == typed


def test_code_and_links_are_left_alone() -> None:
    stored = text.clean(
        r"<p><code>$x$ \$</code> <a href='https://a.org/$x$'>$x$</a></p><pre>$x$ \$</pre><p>$x$</p>"
    )
    assert shown(stored).count("<math") == 1
    assert r"<code>$x$ \$</code>" in shown(stored)
    assert r"<pre>$x$ \$</pre>" in shown(stored)


def test_a_line_of_its_own_is_a_block() -> None:
    stored = text.clean("<div>first<br>$$x^2$$<br>then $$y$$ too</div><ul><li>$$z$$</li></ul>")
    page = str(shown(stored))
    assert page.count('display="block"') == 2
    assert text.plain(stored) == "first\nx²\nthen y too\n\nz"


def test_a_formula_does_not_cross_lines_or_marks() -> None:
    stored = text.clean("<div>$a<br>b$ <b>$c</b>d$ <i>$e$</i></div>")
    assert shown(stored).count("<math") == 1


def test_what_is_stored_stays_as_typed() -> None:
    typed = r"<p>so $\frac{1}{2} &lt; x$ \$5</p>"
    assert text.clean(typed) == typed
    assert text.clean(text.clean(typed)) == typed


def test_answers_in_plain_boxes_show_them_too() -> None:
    page = str(shown_lines("a <b> $x^2$\n$5"))
    assert page.startswith("a &lt;b&gt; <math ")
    assert page.endswith("\n$5")


def test_search_gets_their_words() -> None:
    stored = text.from_plain(r"We compared $\frac{3}{4}$ and $x^2 \le 5$, not $5.")
    assert {"fraction", "frac", "exponent", "inequality"} <= set(spoken(stored).split())
    assert spoken("<p>no formulas for $5</p>") == ""


def test_only_so_many_are_shown() -> None:
    page = str(shown(text.from_plain("$x$ " * (MOST_FORMULAS + 5))))
    assert page.count("<math") == MOST_FORMULAS
    assert page.count("$x$") == 5


def test_a_request_shows_only_as_many_as_it_can_pay_for(app: Any) -> None:
    """However many texts a page has; what is remembered costs nothing but its place."""
    texts = [text.from_plain(f"$x^{{{number}}} + {'y' * 90}$") for number in range(400)]
    with app.test_request_context():
        page = "".join(str(shown(each)) for each in texts)
        first = page.count("<math")
        assert 0 < first < MOST_LETTERS_ANEW / 90
        assert cut_so_far() == len(texts) - first
        assert "$x^{399}" in page, "as typed"
    with app.test_request_context():
        page = "".join(str(shown(each)) for each in texts)
        assert page.count("<math") > first, "the first ones are remembered"
    with app.test_request_context():
        many = "".join(str(shown(text.from_plain("$z$ " * 50))) for _each in range(20))
        assert many.count("<math") == MOST_ON_A_PAGE
    assert str(shown(text.from_plain("$q + 1$"))).count("<math") == 1, "outside a request nothing is used up"
