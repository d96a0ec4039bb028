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
        marks += [Mark("out", "".join(was[i1:i2]))] if i2 > i1 else []
        marks += [Mark("in", "".join(now[j1:j2]))] if j2 > j1 else []
    return marks
