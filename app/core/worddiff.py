"""What changed between two short texts, word by word.

A *mark* is a run of words that stayed (`same`), went (`out`) or came (`in`); together they are both
texts. For sentences and paragraphs; whole documents are nobody's to read this way.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Mark:
    how: str
    words: str


def marked(old: str, new: str) -> list[Mark]:
    """The marks that lead from `old` to `new`; what went comes before what came in its place."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    # Without autojunk a word that comes often is as good as any other.
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    marks = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            marks.append(Mark("same", "".join(now[j1:j2])))
            continue
        gone, come = "".join(was[i1:i2]), "".join(now[j1:j2])
        space = _space_before_both(gone, come)
        found = [("same", space), ("out", gone[len(space) :]), ("in", come[len(space) :])]
        marks += [Mark(how, words) for how, words in found if words]
    return marks


def _space_before_both(gone: str, come: str) -> str:
    """What is struck through or marked begins with a word where it can."""
    space = gone[: len(gone) - len(gone.lstrip())]
    return space if come.startswith(space) else ""
