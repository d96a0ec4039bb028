"""Numbered norms, as a version keeps them and as everybody else reads them.

A version's JSON is a list of `{ref, title, meaning, example}`; its number is its place. `ref` says
which norm it is over all versions: a reworded norm keeps it, a new one gets the next, and none is
ever given twice. A network's are "n1", "n2"; a group's "g7.1", with its space's id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Kept = dict[str, str]
"""`{ref, title, meaning, example}`; in the very first texts of a network without `ref`."""


@dataclass(frozen=True)
class Norm:
    """One norm of a version; `number` is its place there, from 1."""

    ref: str
    number: int
    title: str
    meaning: str
    example: str


def numbered(kept: Sequence[Kept], prefix: str = "n") -> list[Norm]:
    """The norms of one version, in its order."""
    return [
        Norm(
            norm.get("ref") or f"{prefix}{number}",
            number,
            norm.get("title", ""),
            norm.get("meaning", ""),
            norm.get("example", ""),
        )
        for number, norm in enumerate(kept, start=1)
    ]


def last_number(refs: Iterable[str], prefix: str = "n") -> int:
    """The highest number that was ever given among `refs`; 0 for none."""
    tails = (ref.removeprefix(prefix) for ref in refs if ref.startswith(prefix))
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)


def with_refs(
    norms: Sequence[Kept], given: Iterable[str], prefix: str = "n", now: Sequence[Kept] = ()
) -> list[Kept]:
    """`norms` with a ref each: their own where it was given before (once), else the next.

    One that says no ref is the norm of `now`, the version before, that has its title.
    """
    known, by_title = set(given), {norm["title"]: norm["ref"] for norm in now}
    last, used, made = last_number(known, prefix), set[str](), []
    for norm in norms:
        ref = norm.get("ref") or by_title.get(norm["title"], "")
        if ref not in known or ref in used:
            last += 1
            ref = f"{prefix}{last}"
        used.add(ref)
        made.append({**norm, "ref": ref})
    return made
