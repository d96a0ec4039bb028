"""Rings: lines of the bell that any feature has told, also one beside the bell itself.

Nouns: a *ring* is a verb with its sentence and a way to say what its lines are about; `Rung` has one member
told of it, `Hushed` takes the lines away again once what they were about is settled.

Rules: an event holds ids; the sentence and the title are made when the line is shown, by `about`, which
leaves out what the reader has no need of any more. `verb` has at most twelve letters, and a line is told
once for each member and thing. Neighbours: `notifications` listens and shows; features register in
`init_app`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.core.events import Event

About = Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]
"""Numbers of things -> for each its title and the path that a click leads to."""


@dataclass(frozen=True)
class Ring:
    verb: str
    sentence: Any
    """A lazy translation with `%(who)s` and `%(what)s`, one of them or none."""
    about: About


@dataclass(frozen=True)
class Rung(Event):
    """`member_id` is told `verb` of the thing `about_id`, once; by nobody where `actor_id` is None."""

    member_id: int
    verb: str
    about_id: int
    actor_id: int | None = None


@dataclass(frozen=True)
class Hushed(Event):
    """Nobody needs to be told `verb` of this thing any more."""

    verb: str
    about_id: int


_rings: dict[str, Ring] = {}


def register(verb: str, sentence: Any, about: About) -> None:
    """Make a verb known to the bell. A second call replaces the first."""
    _rings[verb] = Ring(verb, sentence, about)


def rings() -> dict[str, Ring]:
    """Every registered ring by its verb."""
    return dict(_rings)


def sentence(verb: str, who: Any, what: Any) -> Markup:
    """What a line of this verb says. Raises KeyError for a verb that nobody registered."""
    return escape(str(_rings[verb].sentence)) % {"who": who, "what": what}
