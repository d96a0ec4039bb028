"""How one version of some norms differs from another, norm by norm.

A *change* is of one norm: `added`, `reworded`, or `gone`. It can be written down as small JSON, so
that a proposal shows what it would change in the words that were there when it was made.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.core.worddiff import Mark, marked
from app.networks.models.numbered import Norm

PARTS = ("title", "meaning", "example")


@dataclass(frozen=True)
class Change:
    """One norm before and after; `old` is None for a new one, `new` for one that is taken away."""

    old: Norm | None
    new: Norm | None

    @property
    def how(self) -> str:
        if self.old is None:
            return "added"
        return "gone" if self.new is None else "reworded"

    @property
    def norm(self) -> Norm:
        """The norm as it is to be; as it was, for one that goes."""
        found = self.new or self.old
        assert found is not None
        return found

    def marks(self, part: str) -> list[Mark]:
        """What changed in its `title`, `meaning` or `example`."""
        return marked(getattr(self.old, part, ""), getattr(self.new, part, ""))

    def as_json(self) -> dict[str, Any]:
        return {"old": asdict(self.old) if self.old else None, "new": asdict(self.new) if self.new else None}


def changes_between(old: Sequence[Norm], new: Sequence[Norm]) -> list[Change]:
    """In the order of the new version, with what is gone at the end; a new number alone is no change."""
    before, after = {norm.ref: norm for norm in old}, {norm.ref: norm for norm in new}
    found = [
        Change(before.get(norm.ref), norm)
        for norm in new
        if norm.ref not in before or words_of(before[norm.ref]) != words_of(norm)
    ]
    return found + [Change(norm, None) for norm in old if norm.ref not in after]


def change_from(written: dict[str, Any]) -> Change:
    """What `as_json` wrote."""
    old, new = written.get("old"), written.get("new")
    return Change(Norm(**old) if old else None, Norm(**new) if new else None)


def words_of(norm: Norm) -> tuple[str, ...]:
    """All that one says, without its number."""
    return tuple(getattr(norm, part) for part in PARTS)
