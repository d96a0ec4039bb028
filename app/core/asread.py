"""Deciding about exactly the words that were read: a mark of them goes out with the form and comes back.

Where somebody lets words through for others (takes a suggestion, adopts a proposal, lets what was held be
seen), the form has the mark of what its page showed. Under the lock the verb compares it with what is there:
another one does nothing, and the page shows the words as they are now, with everything that was typed. A form
without a mark was made by no page of ours, and read nothing.
"""

import json
from hashlib import sha256
from typing import Any

from flask import request

FIELD = "read"
VOUCHED = None
"""For a caller who shows nobody anything: a script, a test, the demo."""


class ReadOtherwise(Exception):
    """The words are not those that were read any more; nothing was done."""


def mark_of(words: Any) -> str:
    """A short name of anything that JSON can say: the same for the same words, on every page."""
    return sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:20]


def mark_sent() -> str:
    """What the form says that was read."""
    return request.form.get(FIELD, "")


def same_words(read: str | None, now: str) -> None:
    """Raises ReadOtherwise."""
    if read is not VOUCHED and read != now:
        raise ReadOtherwise
