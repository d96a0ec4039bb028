"""`bin/bench feed`, `bin/bench fanout` and `bin/bench search`: prints `name=value` lines and a table."""

import argparse

from bench import fanout, feed, search


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    feed.add_arguments(commands.add_parser("feed", help="the feed page at two sizes of the demo"))
    fanout.add_arguments(commands.add_parser("fanout", help="a reply to N members, beside a bare broadcast"))
    search.add_arguments(commands.add_parser("search", help="the embedded engine at two sizes"))
    arguments = parser.parse_args()
    {"feed": feed.run, "fanout": fanout.run, "search": search.run}[arguments.command](arguments)


if __name__ == "__main__":
    main()
