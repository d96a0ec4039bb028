"""What a conversation is called: its people, since it has no name of its own."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

NAMED = 3


def name_of(person: Any) -> str:
    return str(person.name) or _("A former member")


def names_of(people: Sequence[Any]) -> str:
    """`Ana, Tom and Lee`: the first few by name, the rest as a number."""
    names = [name_of(person) for person in people]
    if not names:
        return _("Only you")
    if len(names) > NAMED + 1:
        more = len(names) - NAMED
        first = ", ".join(names[:NAMED])
        return ngettext("%(names)s and %(num)s other", "%(names)s and %(num)s others", more, names=first)
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s", names=", ".join(names[:-1]), last=names[-1])
