"""Figures: percentiles, and the lines that say them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Milliseconds."""

    p50: float
    p95: float
    p99: float
    count: int

    def __str__(self) -> str:
        return f"p50={self.p50:.1f}ms p95={self.p95:.1f}ms p99={self.p99:.1f}ms n={self.count}"


def spread(seconds: Sequence[float]) -> Spread:
    """The percentiles of durations in seconds; raises ValueError for none."""
    if not seconds:
        raise ValueError("nothing was measured")
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    return Spread(at(0.50), at(0.95), at(0.99), len(ordered))


def say(name: str, value: object) -> None:
    print(f"{name}={value}", flush=True)
