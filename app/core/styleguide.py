"""The style guide: every component in every state on one page, for developers and tests only.

`/styleguide` follows the device's theme, `?theme=dark` fixes it; `/styleguide/feed` shows the parts together
in the shell, `/styleguide/plain` a page before sign-in, `/styleguide/error/404` an error. People and posts
are samples that exist only here. Neighbours: `templates/core/styleguide/`, `frontend/styles/`.
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from app.core import clock
from app.core.access import public
from app.core.doors import closed
from app.core.icons import NAMES as ICONS
from app.core.navigation import Link

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")

PARTS = ("type", "buttons", "people", "card", "composer", "forms", "overlays", "lists", "states")
ERRORS = (400, 403, 404, 413, 429, 500, 503)
NAMES = ("Ruth Abara", "Ines Calder", "Joe Whitfield", "Mei Tran", "Omar Said", "Lucy Park", "Bea Novak")
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">'
    '<rect width="640" height="480" fill="#d9e4e1"/>'
    '<path d="M60 420V60M60 420h540" stroke="#5a6270" stroke-width="4"/>'
    '<path d="M60 420 220 260h140l200-160" fill="none" stroke="#0f6259" stroke-width="8"/></svg>'
)


def _samples() -> dict[str, Any]:
    now = clock.now()
    return {
        "people": [
            SimpleNamespace(id=number, name=name, photo_key=None) for number, name in enumerate(NAMES)
        ],
        "now": now,
        "earlier": now - timedelta(minutes=12),
        "yesterday": now - timedelta(hours=26),
        "long_ago": now - timedelta(days=300),
        "picture": url_for("styleguide.picture"),
    }


def _link(label: str, icon: str, *, current: bool = False, section: str = "", badge: int = 0) -> Link:
    return Link(label.lower(), label, icon, "#main", current, "get", section, badge)


def _sample_navigation(place: str) -> list[Link]:
    """The navigation as it looks with every feature there."""
    mine, school = "My groups", "My school"
    left = [
        _link("Feed", "home", current=True),
        _link("Ideas and tests", "bulb"),
        _link("Library", "books"),
        _link("Convenings", "calendar"),
        _link("People", "people"),
        _link("Ratios, grade 7", "talks", section=mine, badge=4),
        _link("Math identity", "talks", section=mine),
        _link("Cedar Street team", "school", section=school),
    ]
    bottom = [
        left[0],
        _link("Groups", "talks"),
        _link("Share", "share"),
        left[2],
        _link("You", "person", badge=3),
    ]
    avatar = [_link("My profile", "person"), _link("Settings", "gear"), _link("Sign out", "sign-out")]
    one = {"search": "search", "logo": "home"}
    known = {
        "left": left,
        "bottom": bottom,
        "avatar": avatar,
        "top": [_link("Notifications", "bell", badge=3)],
    }
    return known.get(place) or [_link(place.title(), one[place])]


@blueprint.get("")
@public
@closed("shows samples only")
def show() -> str:
    """All the parts on one page."""
    return render_template("core/styleguide/page.html", parts=PARTS, icons=ICONS, **_samples())


@blueprint.get("/feed")
@public
@closed("shows samples only")
def feed() -> str:
    """The parts together, as the feed has them."""
    samples = _samples()
    viewer = SimpleNamespace(
        **vars(samples["people"][0]),
        network_id=6,
        network=SimpleNamespace(name="Middle Grades Math Network"),
        may_write=True,
    )
    account = SimpleNamespace(id=0, name=viewer.name, email="ruth.abara@demo.example")
    return render_template(
        "core/styleguide/feed.html",
        navigation=_sample_navigation,
        column=lambda _name: [],
        **samples,
        viewer=viewer,
        account=account,
    )


@blueprint.get("/plain")
@public
@closed("shows samples only")
def plain() -> str:
    """A page before sign-in."""
    return render_template("core/styleguide/plain.html")


@blueprint.get("/error/<int:code>")
@public
@closed("shows samples only")
def error(code: int) -> str:
    """An error page, without the error."""
    return render_template(f"core/errors/{code}.html") if code in ERRORS else abort(404)


@blueprint.get("/menu")
@public
@closed("shows samples only")
def menu() -> str:
    """What a menu that loads when it opens receives."""
    return render_template("core/styleguide/menu.html")


@blueprint.get("/picture.svg")
@public
@closed("shows samples only")
def picture() -> Response:
    """A sample picture."""
    return Response(PICTURE, mimetype="image/svg+xml")


@blueprint.context_processor
def _chosen_theme() -> dict[str, Any]:
    chosen = request.args.get("theme")
    return {"theme": lambda: chosen} if chosen in ("light", "dark") else {}
