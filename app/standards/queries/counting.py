"""How often standards are named: features above say what names them, the tree adds it up.

    @counted
    def named_by_what_is_seen(viewer, framework_id): yield standard_id, thing_id

Rules: a counter gives only what the viewer sees. A thing that names two standards of one branch counts once
there; things are told apart by their id within one counter.
"""

from collections.abc import Callable, Iterable, Sequence

from app.networks.models import Member
from app.standards.models import Standard

Counter = Callable[[Member, int], Iterable[tuple[int, int]]]
_counters: list[Counter] = []


def counted(function: Counter) -> Counter:
    """Register `(viewer, framework_id) -> pairs of a standard's id and a thing's id`."""
    if function not in _counters:
        _counters.append(function)
    return function


def counts_of(viewer: Member, framework_id: int, tree: Sequence[Standard]) -> dict[int, int]:
    """How many things name each standard of the framework, or one beneath it; 0 is left out.

    `tree` are standards of the framework with their places, in order of position.
    """
    things: dict[int, set[tuple[int, int]]] = {}
    for number, counter in enumerate(_counters):
        for standard_id, thing_id in counter(viewer, framework_id):
            things.setdefault(standard_id, set()).add((number, thing_id))
    # Children come after their parents, so that one walk from the end adds every branch to the one above.
    for standard in reversed(tree):
        if standard.parent_id is not None and standard.id in things:
            things.setdefault(standard.parent_id, set()).update(things[standard.id])
    return {standard_id: len(found) for standard_id, found in things.items()}
