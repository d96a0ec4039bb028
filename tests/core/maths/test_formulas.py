"""Formulas: what teachers type, how it reads on one line, and what it is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.maths import formula
from app.core.maths.formula import MOST_LETTERS


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\frac{3}{4}", "3/4"),
        (r"2\frac12", "2 1/2"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{\frac12}{3}", "(1/2)/3"),
        (r"\left(\frac{1}{2}\right)^2", "(1/2)²"),
        (r"x^2 + 1 \le 5", "x² + 1 ≤ 5"),
        (r"2^{n+1}", "2ⁿ⁺¹"),
        (r"e^{x/y}", "e^(x/y)"),
        (r"x_1", "x₁"),
        (r"\sqrt{a^2+b^2}", "√(a² + b²)"),
        (r"\sqrt{2}", "√2"),
        (r"\sqrt[3]{8}", "∛8"),
        (r"\sqrt[5]{x}", "⁵√x"),
        ("3×4≠12", "3 × 4 ≠ 12"),
        (r"12 \div 3", "12 ÷ 3"),
        (r"x = -2", "x = −2"),
        ("25% ", "25%"),
        ("1{,}000", "1,000"),
        (r"0.\overline{3}", "0.3̅"),
        (r"90^\circ", "90°"),
        (r"f'(x)", "f′(x)"),
        (r"\pi r^2", "πr²"),
        (r"a \not= b", "a ≠ b"),
        (r"\sin x", "sin x"),
        (r"\text{rate} \times \text{time}", "rate × time"),
        (r"\text{rate of change}", "rate of change"),
        (r"\square + 3 = 5", "◻ + 3 = 5"),
        (r"\underline{\quad} + 3", "___ + 3"),
        (r"\binom{5}{2}", "(5 choose 2)"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\begin{cases} x & x>0 \\ -x & x<0\end{cases}", "{x, x > 0; −x, x < 0"),
    ],
)
def test_reads_on_one_line(tex: str, plain: str) -> None:
    found = formula(tex)
    assert found is not None
    assert found.plain == plain
    assert found.html.startswith("<math ")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{3}{4}", {"fraction", "frac"}),
        (r"x^2", {"exponent", "power", "squared"}),
        (r"x^3", {"cubed"}),
        (r"x < 5", {"inequality", "less"}),
        (r"x \geq 5", {"inequality", "greater", "geq"}),
        (r"\sqrt{2}", {"square", "root", "radical", "sqrt"}),
        (r"\sqrt[3]{8}", {"cube", "root"}),
        (r"2x = 6", {"equation"}),
        (r"3 \times 4", {"times", "multiplication"}),
        (r"\theta", {"theta"}),
        (r"\text{unit rate}", {"unit", "rate"}),
    ],
)
def test_is_found_by_the_words_of_mathematics(tex: str, words: set[str]) -> None:
    found = formula(tex)
    assert found is not None
    assert words <= set(found.words.split())


@pytest.mark.parametrize(
    "tex",
    [
        "",
        "   ",
        r"\fraction{3}{4}",
        r"\frac{3}",
        r"\frac{3}{4",
        "x}",
        r"\left( x",
        r"\begin{cases} x",
        "x^2^3",
        "x" * (MOST_LETTERS + 1),
        "{" * 20 + "x" + "}" * 20,
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{x}\a",
        "x\x00",
        "x\u202ey",
    ],
)
def test_what_is_no_tex_stays_as_it_was_typed(tex: str) -> None:
    assert formula(tex) is None


def test_the_tex_goes_along_for_tools_that_read_it() -> None:
    found = formula(r"a < \frac{1}{2}", block=True)
    assert found is not None
    assert '<annotation encoding="application/x-tex">a &lt; \\frac{1}{2}</annotation>' in found.html
    assert found.html.startswith('<math alttext="a &lt; 1/2" display="block">')


_COMMANDS = r"""
    \frac \sqrt \left \right \text{ \begin{ \end{ matrix} cases} \\ \over \not \operatorname{ \big \binom
    \overline \underbrace \color{red} \href{ \class{x} \style{x} \unicode{x41} \mathbb{R} ½ \limits \sum
    \middle \substack \xrightarrow \boxed \cancel <script> &lt;
"""
_PIECES = st.sampled_from([*r"{}[]()^_&%#~'|<>=+-*/!,:;.$\ 0123xyn", *_COMMANDS.split()])


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_nothing_that_is_typed_raises(tex: str) -> None:
    found = formula(tex)
    assert found is None or (found.plain and found.html.count("<math") == 1)


@pytest.mark.parametrize(
    "tex",
    [
        r"\operatorname{" + " a" * 290,
        r"\text{" * 95,
        r"\sqrt" * 118 + "x",
        "^" * 590,
        "x'" * 290,
        r"\frac" * 118,
        r"\left(" * 90,
        "{" * 300 + "}" * 290,
        r"\begin{matrix}" + "&" * 500 + r"\end{matrix}",
    ],
)
def test_what_is_made_to_be_slow_ends(tex: str) -> None:
    found = formula(tex)
    assert found is None or len(found.html) < 100 * MOST_LETTERS
