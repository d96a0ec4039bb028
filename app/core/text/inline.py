"""Inline text: runs of letters with marks, written in one canonical way.

Nouns: a *mark* is a link or an emphasis (strong, em, u, s, code); a *leaf* is a piece of text, or a line
break, with its marks; a *run* is the leaves of one paragraph.
Rule: equal runs are written equally: marks nest in one order, neighbours with equal marks are one leaf.
That is what makes cleaning twice the same as cleaning once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from app.core.text.characters import is_visible, tidy
from app.core.text.links import OUTSIDE_REL, is_mention, split_bare

_ORDER = ("strong", "em", "u", "s", "code")
_SOFT_BREAK = re.compile(r"[ \t\f]*\n[ \t\f\n]*")
# The parser makes one space of them, and would do so only the second time where a mark parts them.
_SPACES_ALONE = re.compile(r"\A[ \t\f]+\Z")


@dataclass(frozen=True)
class Leaf:
    """A piece of text, or a line break (`text` is a line end), under its marks."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str | None = None

    @property
    def is_break(self) -> bool:
        return self.text == "\n"

    def under(self, mark: str) -> "Leaf":
        return replace(self, marks=self.marks | {mark})


BREAK = Leaf("\n")


def leaf_of(raw: str) -> Leaf:
    """The leaf for the text of an HTML document, in which a line end is only a space."""
    return Leaf(_SOFT_BREAK.sub(" ", tidy(raw)))


def paragraphs(leaves: Iterable[Leaf]) -> Iterator[list[Leaf]]:
    """The runs between blank lines (two breaks), trimmed; runs of nothing visible are left out."""
    run: list[Leaf] = []
    for leaf in _merged(leaves):
        if leaf.is_break and run and run[-1].is_break:
            yield from _worth_keeping(run)
            run = []
        else:
            run.append(leaf)
    yield from _worth_keeping(run)


def written(run: list[Leaf]) -> str:
    """The run as HTML."""
    out: list[str] = []
    stack: list[str] = []
    for at, leaf in enumerate(run):
        tags = _tags(leaf) if not leaf.is_break else _shared(run, at)
        keep = _common(stack, tags)
        out.extend(f"</{tag.split(' ')[0]}>" for tag in reversed(stack[keep:]))
        out.extend(f"<{tag}>" for tag in tags[keep:])
        out.append("<br>" if leaf.is_break else escape(_SPACES_ALONE.sub(" ", leaf.text), quote=False))
        stack = tags
    out.extend(f"</{tag.split(' ')[0]}>" for tag in reversed(stack))
    return "".join(out)


def linked(run: list[Leaf]) -> list[Leaf]:
    """The run with bare addresses made links, but in code."""
    pieces: list[Leaf] = []
    for leaf in run:
        if leaf.is_break or leaf.href or "code" in leaf.marks:
            pieces.append(leaf)
        else:
            pieces.extend(replace(leaf, text=text, href=href) for text, href in split_bare(leaf.text) if text)
    return list(_merged(pieces))


def letters(run: Iterable[Leaf]) -> str:
    """The run as plain text."""
    return "".join(leaf.text for leaf in run)


def _merged(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Breaks alone; between them tidy text, one leaf per set of marks, no space beside a break."""
    row: list[Leaf] = []
    for leaf in leaves:
        if leaf.is_break:
            yield from _tidy_row(row)
            yield BREAK
            row = []
        else:
            row.append(leaf)
    yield from _tidy_row(row)


def _tidy_row(row: list[Leaf]) -> list[Leaf]:
    return _stripped(_joined([_plain_when_blank(leaf) for leaf in row]))


def _joined(leaves: list[Leaf]) -> list[Leaf]:
    alike = groupby((leaf for leaf in leaves if leaf.text), key=lambda leaf: (leaf.marks, leaf.href))
    return [Leaf(tidy(letters(group)), marks, href) for (marks, href), group in alike]


def _plain_when_blank(leaf: Leaf) -> Leaf:
    # An emphasis or a link around blanks shows nothing, but is announced.
    return leaf if is_visible(leaf.text) else Leaf(leaf.text)


def _stripped(row: list[Leaf]) -> list[Leaf]:
    while row:
        first = replace(row[0], text=row[0].text.lstrip())
        row = [first, *row[1:]] if first.text else row[1:]
        if first.text:
            break
    while row:
        last = replace(row[-1], text=row[-1].text.rstrip())
        row = [*row[:-1], last] if last.text else row[:-1]
        if last.text:
            break
    return row


def _worth_keeping(run: list[Leaf]) -> Iterator[list[Leaf]]:
    while run and run[-1].is_break:
        run.pop()
    while run and run[0].is_break:
        run.pop(0)
    if is_visible(letters(run)):
        yield run


def _tags(leaf: Leaf) -> list[str]:
    marks = [mark for mark in _ORDER if mark in leaf.marks]
    return [_link(leaf.href), *marks] if leaf.href else marks


def _link(href: str) -> str:
    rel = "" if is_mention(href) else f' rel="{OUTSIDE_REL}"'
    return f'a href="{escape(href, quote=True)}"{rel}'


def _shared(run: list[Leaf], at: int) -> list[str]:
    before, after = _tags(run[at - 1]), _tags(run[at + 1])
    return before[: _common(before, after)]


def _common(one: list[str], other: list[str]) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same
