"""The embedded engine: Whoosh keeps the index, and our own evaluation reads it.

`store` writes (the worker alone), `segments` reads one immutable part with its caches,
`evaluation` finds and ranks, `engine` is the port. Nothing outside imports Whoosh's index.
"""

from app.core.search.embedded.engine import Embedded

__all__ = ["Embedded"]
