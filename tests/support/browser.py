"""Which Chromium the journeys drive, and how it is started."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch_arguments() -> dict[str, Any]:
    """For Playwright's `launch`: the system's Chromium where one runs, else Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        # Asked, not only looked for: on Ubuntu the name may stand for a package that is not there.
        if path and _says_its_version(path):
            return {"executable_path": path, "args": FLAGS}
    return {"args": FLAGS}


def _says_its_version(path: str) -> bool:
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def starts() -> bool:
    """Whether a browser can be started here."""
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(**launch_arguments()).close()
    except Error as error:
        print(error, file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(not starts())


AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


# A target is measured as far as no bar that stays lies over it: what had scrolled half under one is looked at
# again in the middle of the screen.
LOOK = """async rules => {
  const { violations } = await axe.run({ runOnly: rules });
  const found = [];
  for (const one of violations) {
    let nodes = one.nodes;
    if (one.id === "target-size") {
      nodes = [];
      for (const node of one.nodes) {
        document.querySelector(node.target[0]).scrollIntoView({ block: "center", behavior: "instant" });
        const again = await axe.run(node.target[0], { runOnly: { type: "rule", values: ["target-size"] } });
        if (again.violations.length) nodes.push(node);
      }
    }
    if (nodes.length) found.push([one.impact, one.id, nodes[0].target]);
  }
  return found;
}"""


def axe(page: Any) -> list[tuple[str, str, Any]]:
    """What axe finds on the page: (how bad, which rule, where). The context must bypass the CSP."""
    page.evaluate(AXE.read_text())
    return [(impact, rule, target) for impact, rule, target in page.evaluate(LOOK, RULES)]
