"""Words that mean the same in a classroom: data that a network can change.

Nouns: a *group* is a line such as `box plot = box-and-whisker plot = boxplot`; whoever looks for
one of its names finds the others too, a little further down.
"""

from app.core.db import db
from app.core.search import words
from app.core.search.port import Alternative, Clause
from app.search.models import SearchSynonyms
from app.search.queries.language import Part

FIRST = """\
box plot = boxplot = box-and-whisker plot
quiz = assessment = test
exit ticket = exit slip
sub plan = substitute plan = emergency lesson plan
worksheet = handout
math talk = number talk
warm-up = bell ringer = do now
ELL = English learner = multilingual learner
IEP = individualized education program
formative assessment = check for understanding
rubric = scoring guide
manipulatives = fraction tiles = algebra tiles
group work = cooperative learning = collaborative learning
integer = signed number = negative number
math = mathematics = maths
parent = family = caregiver
homework = practice at home
walkthrough = classroom visit = learning walk = rounds
multiplication facts = times tables = math facts = fact fluency = fact cards
multiply = multiplication
divide = division
exponent = power
slope = rate of change = steepness
y-intercept = starting value = initial value
compare = which is bigger = which is larger = which is greater
PLC = professional learning community
PDSA = plan-do-study-act
"""
MOST_LINES = 300
LESS = 0.6
"""What a synonym counts beside the word that was typed."""
LONGEST_NAME = 4
"""Words in one name of a group."""

Groups = dict[tuple[str, ...], list[tuple[str, ...]]]


def lines_of(network_id: int) -> str:
    """The network's list as people edit it."""
    own = db.session.get(SearchSynonyms, network_id)
    return FIRST if own is None else own.lines


def groups_in(lines: str) -> Groups:
    """Each name of each group, with the other names of its group, as stems."""
    found: Groups = {}
    for line in lines.splitlines()[:MOST_LINES]:
        names = [tuple(words.stems(name)) for name in line.split("=")]
        names = list(dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST_NAME))
        for name in names:
            found.setdefault(name, []).extend(other for other in names if other != name)
    return found


def clauses_of(parts: tuple[Part, ...], groups: Groups) -> tuple[Clause, ...]:
    """The clauses that words and phrases ask for, each with its synonyms."""
    clauses: list[Clause] = []
    run: list[str] = []
    for part in parts:
        stems = words.stems(part.text)
        if not part.exact and not part.never:
            run += stems
        elif stems:
            clauses.append(Clause((Alternative(tuple(stems), together=True),), never=part.never))
    return tuple(_of_run(run, groups) + clauses)


def _of_run(run: list[str], groups: Groups) -> list[Clause]:
    """Words side by side: the longest name of a group first, else each word by itself."""
    clauses: list[Clause] = []
    at = 0
    while at < len(run):
        for length in range(min(LONGEST_NAME, len(run) - at), 0, -1):
            name = tuple(run[at : at + length])
            if name in groups or length == 1:
                clauses.append(_clause(name, groups.get(name, [])))
                at += length
                break
    return list(dict.fromkeys(clauses))


def _clause(name: tuple[str, ...], others: list[tuple[str, ...]]) -> Clause:
    same = [Alternative(other, together=len(other) > 1, weight=LESS) for other in dict.fromkeys(others)]
    return Clause((Alternative(name), *same))
