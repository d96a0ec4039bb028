"""Search at scale, on either engine: `corpus` writes a network, `engines` opens one, `measure` asks it.

Nothing of a deployment is touched: Whoosh gets a folder, PostgreSQL a server of its own. Each size is built
anew. Words are asked that no question before has asked, so that what was kept of words helps as little as it
ever does; what is kept of spaces and facets is there (warm), or not yet (cold: right after a start).
"""

import argparse

from bench.figures import say

ENGINES = ("embedded", "postgresql")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--documents", default="10000,100000", help="sizes, in contributions")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="embedded")
    parser.add_argument("--queries", type=int, default=200, help="questions in a round")
    parser.add_argument("--rounds", type=int, default=3)


def run(arguments: argparse.Namespace) -> None:
    """Measure every size, and say how much the cost grew from the first to the last."""
    from bench.search.measure import measured

    for name in ENGINES if arguments.engine == "both" else (arguments.engine,):
        sizes = [int(size) for size in arguments.documents.split(",")]
        medians = [measured(name, size, arguments.queries, arguments.rounds) for size in sizes]
        if len(sizes) > 1:
            say(
                f"search.{name}.growth",
                f"{medians[-1] / medians[0]:.2f} for {sizes[-1] / sizes[0]:.0f} times",
            )
