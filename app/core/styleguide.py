"""The style guide: every component in every state on one page, for developers and tests only.

`/styleguide` follows the device's theme, `/styleguide?theme=dark` shows that theme. Its people and posts are samples
that exist only here. Neighbours: `templates/core/styleguide/`, `frontend/styles/`.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from flask import Blueprint, render_template, request

from app.core.access import public
from app.core.doors import closed

blueprint = Blueprint("styleguide", __name__)

PARTS = ("type", "buttons", "people", "card", "composer", "forms", "overlays", "lists", "states")


def _person(number: int, name: str) -> SimpleNamespace:
    return SimpleNamespace(id=number, name=name, photo_key=None)


def _samples() -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "people": [
            _person(number, name)
            for number, name in enumerate(
                (
                    "Ruth Abara",
                    "Ines Calder",
                    "Joe Whitfield",
                    "Mei Tran",
                    "Omar Said",
                    "Lucy Park",
                    "Bea Novak",
                )
            )
        ],
        "now": now,
        "earlier": now - timedelta(minutes=12),
        "yesterday": now - timedelta(hours=26),
        "long_ago": now - timedelta(days=300),
    }


@blueprint.get("/styleguide")
@public
@closed("shows samples only")
def show() -> str:
    """All the parts; `?theme=light|dark` fixes the theme of the page."""
    chosen = request.args.get("theme", "")
    return render_template("core/styleguide/page.html", parts=PARTS, chosen=chosen, **_samples())
