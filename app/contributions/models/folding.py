"""How long a post is on a card: whether it is folded there, with a way to the rest.

The card is the same for everybody, so the lines are reckoned from the words alone, once for a wide
screen and once for a phone; what is folded is a matter of style, and the whole text is always there.
"""

import re
from typing import Any

SHOWN = 12
"""Lines of a folded post; the style sheet has the same number."""
SPARED = 3
"""A post is not folded for fewer lines than this."""
WIDE, PHONE = 76, 42
"""Letters in a line of a card."""
_ENDS = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote|pre)>")
_MARKUP = re.compile(r"<[^>]+>")
_TOLD = ("expected", "happened", "change_next")


def fold_of(post: Any) -> str:
    """The class of a card's words: `fold`, `fold fold-phone` (long on a phone alone), or none."""
    told = [str((post.card or {}).get(part) or "") for part in _TOLD]
    blocks = [_MARKUP.sub("", block).strip() for block in _ENDS.split(post.html)]
    blocks += [line for part in told for line in part.splitlines()]
    if _lines(blocks, WIDE) >= SHOWN + SPARED:
        return "fold"
    return "fold fold-phone" if _lines(blocks, PHONE) >= SHOWN + SPARED else ""


def _lines(blocks: list[str], letters: int) -> int:
    return sum(1 + len(block) // letters for block in blocks if block)
