"""The answer to a question: found lines, counts, and help where nothing was found.

Nouns: a *line* is one result as the page shows it; a *slip* is a word that nobody in reach wrote
but that is a letter or two from one that somebody did.
Rules: every line was loaded through the viewer; a correction is a word of such a line, so that
no help names what the viewer cannot see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from markupsafe import Markup

from app.core import clock
from app.core import search as port
from app.core.search import words
from app.core.search.port import Alternative, Clause, Query, Reach
from app.core.search.sources import Card, cards_of
from app.networks.models import Member
from app.search.queries.language import Asked, Part
from app.search.queries.reach import Narrowed, Unknown, narrowed, reach_of
from app.search.queries.synonyms import Groups, clauses_of, groups_in, lines_of

ON_A_PAGE = 20
NARROWING = ("kind", "grade", "standard", "school", "driver", "outcome", "what", "subject", "licence")
"""The filters that are facets of the index."""
COUNTED = ("source", *NARROWING)
SPANS = {"week": 7, "month": 30, "year": 365}
TABS = {"resources": "resource", "posts": "post", "replies": "reply", "people": "person", "groups": "group"}
LOOKED_THROUGH = 60_000
"""Letters in which the word that was meant is looked for."""
BESIDE = 5
"""Documents in which it is looked for beside the other words, and words equally near that are tried."""
SHORT = 4
"""A word of so few letters is corrected by one letter at most."""


@dataclass(frozen=True)
class Wish:
    """What the page's tabs and filters add to the words; every field may be empty."""

    tab: str = ""
    kind: str = ""
    grade: str = ""
    standard: str = ""
    school: str = ""
    driver: str = ""
    outcome: str = ""
    what: str = ""
    subject: str = ""
    licence: str = ""
    span: str = ""
    newest_first: bool = False
    after: str | None = None

    @property
    def any(self) -> bool:
        return any((*(getattr(self, name) for name in NARROWING), self.span))


@dataclass(frozen=True)
class Line:
    owner: str
    card: Card
    title: Markup
    snippet: Markup
    url: str
    section: str = ""


@dataclass
class Found:
    asked: Asked
    lines: list[Line] = field(default_factory=list)
    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    next: str | None = None
    unclear: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    instead: Asked | None = None
    """The question that is answered, where a letter was wrong in the one that was asked."""
    meant: Asked | None = None
    """A question that the viewer perhaps meant."""
    only_some: bool = False
    """Nothing had all the words; these have some."""


@dataclass(frozen=True)
class _Question:
    """One question, made ready for the engine."""

    viewer: Member
    asked: Asked
    wish: Wish
    reach: Reach
    limits: Narrowed
    groups: Groups

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return clauses_of(self.asked.parts, self.groups)

    @property
    def wanted(self) -> set[str]:
        """Every stem that is worth a mark."""
        positive = (each for clause in self.clauses if not clause.never for each in clause.any_of)
        return {stem for each in positive for stem in each.stems}

    @property
    def phrases(self) -> list[str]:
        return [part.text for part in self.asked.parts if part.exact and not part.never]

    def query(self, clauses: tuple[Clause, ...] | None = None) -> Query:
        clauses = self.clauses if clauses is None else clauses
        words_at_all = any(not clause.never for clause in clauses)
        return Query(
            reach=self.reach,
            clauses=clauses,
            marks=_marks(self.limits, self.wish),
            since=_since(self.limits, self.wish),
            until=self.limits.until,
            newest_first=self.wish.newest_first or not words_at_all,
            size=ON_A_PAGE,
            after=self.wish.after,
            count=COUNTED,
        )


def find(viewer: Member, asked: Asked, wish: Wish) -> Found:
    """Answer a question. Raises EngineDown while the index is being made."""
    question = _Question(
        viewer, asked, wish, reach_of(viewer), narrowed(viewer, asked), groups_in(lines_of(viewer.network_id))
    )
    found = _ask(question)
    if found.total or not asked.words:
        return found
    if (wish.any or wish.tab) and _ask(replace(question, wish=Wish())).total:
        return found
    return _helped(question, found)


def _ask(question: _Question, clauses: tuple[Clause, ...] | None = None) -> Found:
    query = question.query(clauses)
    found = Found(question.asked, unclear=question.limits.unclear, unknown=question.limits.unknown)
    if not query.clauses and not query.marks and query.since is None and query.until is None:
        return found
    answer = port.engine().search(query)
    cards = cards_of(question.viewer, answer.owners)
    wanted, phrases = question.wanted, question.phrases
    found.lines = [_line(owner, cards[owner], wanted, phrases) for owner in answer.owners if owner in cards]
    found.total, found.counts = answer.total, answer.counts
    found.next = answer.owners[-1] if answer.more and answer.owners else None
    return found


def span_counts(viewer: Member, asked: Asked, wish: Wish) -> dict[str, int]:
    """How many were published in each span; the page shows them beside the other filters."""
    question = _Question(
        viewer, asked, wish, reach_of(viewer), narrowed(viewer, asked), groups_in(lines_of(viewer.network_id))
    )
    plain = replace(question.query(), size=0, count=(), after=None)
    counts = {}
    for span in SPANS:
        since = _since(question.limits, replace(wish, span=span))
        counts[span] = port.engine().search(replace(plain, since=since)).total
    return counts


def _helped(question: _Question, found: Found) -> Found:
    """Nothing has all the words: mend a slip, else show what has some of them."""
    mended, sure = _mended(question)
    if mended is not None:
        if sure:
            better = _ask(replace(question, asked=mended))
            if better.total:
                better.asked, better.instead = question.asked, mended
                return better
        found.meant = mended
        return found
    looser = some_of(question.clauses)
    if looser == question.clauses:
        return found
    better = _ask(question, looser)
    better.only_some = bool(better.total)
    return better


def some_of(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The same question where any one of the words is enough."""
    wanted = [clause for clause in clauses if not clause.never]
    if len(wanted) < 2:
        return clauses
    any_of = Clause(tuple(each for clause in wanted for each in clause.any_of))
    return (any_of, *(clause for clause in clauses if clause.never))


def _mended(question: _Question) -> tuple[Asked | None, bool]:
    """The question with its slips mended, and whether each was a single letter."""
    asked, sure = question.asked, True
    engine = port.engine()
    for part in question.asked.parts:
        for word in [] if part.never else words.plain_words(part.text):
            stem = words.stem(word)
            alone = Query(question.reach, (Clause((Alternative((stem,)),)),), size=0)
            if not stem or not stem.isalpha() or engine.search(alone).total:
                continue
            owners = [*engine.near(question.reach, stem, 5), *_beside(question, part)]
            nearest, letters = _nearest(question, word, owners)
            if nearest:
                better = _best_of(question, asked, word, nearest)
                asked, sure = better, sure and letters == 1
    # `instead` looks for the word as it was typed; case and accents may hide it.
    return (asked, sure) if asked.text != question.asked.text else (None, False)


def _beside(question: _Question, part: Part) -> list[str]:
    """Some of what has the other words: the one that was meant often stands beside them."""
    others = tuple(each for each in question.asked.parts if each is not part and not each.never)
    clauses = clauses_of(others, question.groups)
    return port.engine().search(Query(question.reach, clauses, size=BESIDE)).owners if clauses else []


def _best_of(question: _Question, asked: Asked, word: str, nearest: Sequence[str]) -> Asked:
    """Of words equally near, the one with which most is found."""
    mended = [asked.instead(word, each) for each in nearest[:BESIDE]]
    if len(mended) == 1:
        return mended[0]
    engine = port.engine()
    clauses = [clauses_of(each.parts, question.groups) for each in mended]
    totals = [engine.search(Query(question.reach, each, size=0)).total for each in clauses]
    return mended[totals.index(max(totals))]


def _nearest(question: _Question, word: str, owners: Sequence[str]) -> tuple[list[str], int]:
    """The nearest words in what was found near it, as they are spelt there."""
    most = 1 if len(word) <= SHORT else 2
    best: list[str] = []
    letters = most + 1
    for other in _words_near(question, owners):
        if abs(len(other) - len(word)) > most:
            continue
        slips = words.slips(word, other, most)
        if not 0 < slips <= min(letters, most) or not words.stem(other):
            continue
        best, letters = [*(best if slips == letters else []), other], slips
    return best, letters


def _words_near(question: _Question, owners: Sequence[str]) -> Iterable[str]:
    """The words of those documents, each once: titles and texts, then files as far as a page can wait."""
    found = cards_of(question.viewer, owners).values()
    texts = [text for card in found for text in (card.title, card.text)]
    texts += [section.text for card in found for section in card.sections]
    return dict.fromkeys(words.plain_words("\n".join(texts)[:LOOKED_THROUGH]))


def _line(owner: str, card: Card, wanted: set[str], phrases: list[str]) -> Line:
    text, url, section = card.text, card.url, ""
    if card.sections:
        own = f"{card.title}\n{card.text}"
        best = words.best_section([own, *(each.text for each in card.sections)], wanted, phrases)
        if best:
            inside = card.sections[best - 1]
            text, url, section = inside.text, inside.url, inside.name
    return Line(owner, card, words.marked(card.title, wanted), words.snippet(text, wanted), url, section)


def _marks(limits: Narrowed, wish: Wish) -> dict[str, frozenset[str]]:
    both = Narrowed(dict(limits.marks))
    for facet in NARROWING:
        if value := getattr(wish, facet):
            both.only(facet, frozenset({value}))
    if wish.tab:
        both.only("source", frozenset({TABS[wish.tab]}))
    return both.marks


def _since(limits: Narrowed, wish: Wish) -> datetime | None:
    if not wish.span:
        return limits.since
    begin = clock.now() - timedelta(days=SPANS[wish.span])
    return max(begin, limits.since) if limits.since else begin
