"""What one pytest run came to, from its report: `passed failed skipped`, for bin/test."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def tally(report: Path) -> tuple[int, int, int]:
    """Passed, failed (errors too) and skipped tests. Raises OSError or ParseError without a report."""
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314

    def total(*names: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites for name in names)

    failed, skipped = total("failures", "errors"), total("skipped")
    return max(0, total("tests") - failed - skipped), failed, skipped


if __name__ == "__main__":
    try:
        print(*tally(Path(sys.argv[1])))
    except (OSError, ElementTree.ParseError) as error:
        sys.exit(f"there is no report to count: {error}")
