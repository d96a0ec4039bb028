"""The bars around every signed-in page: the top bar, the left column, the bottom bar of a phone.

Nouns: a *face* is what a bar shows of a person or a network. Rules: bars are remembered, so each is given
everything that it shows; they know the account and the viewer by their names and numbers only.
Neighbours: `navigation` says where the links lead, `remembered` keeps the HTML.
"""

from typing import Any, NamedTuple

from flask import Flask, current_app
from markupsafe import Markup

from app.core import navigation, sections
from app.core.remembered import remembered

PLACES = 5
"""Links in the bottom bar: more do not fit a phone."""


class Face(NamedTuple):
    id: int
    name: str
    photo_key: str | None = None


def top_bar(viewer: Any | None, account: Any | None, theme: str) -> Markup:
    """The bar at the top, with what hangs from it."""
    me = viewer or navigation.member_at_hand() or account
    return remembered(
        "core/_topbar.html",
        me=Face(me.id, me.name, getattr(me, "photo_key", None)) if me else None,
        email=account.email if account else None,
        theme=theme,
        home=_home(),
        search=next(iter(navigation.links("search")), None),
        links=navigation.links("top"),
        mine=navigation.links("avatar"),
        more=navigation.fragments("avatar"),
    )


def side(viewer: Any | None) -> Markup:
    """The left column; on a phone the same element is a drawer."""
    viewer = viewer or navigation.member_at_hand()
    return remembered(
        "core/_side.html",
        network=Face(viewer.network_id, viewer.network.name) if viewer else None,
        home=_home(),
        links=navigation.links("left"),
        more=navigation.fragments("left"),
    )


def bottom_bar() -> Markup:
    """The main places, at the thumb."""
    return remembered("core/_bottom.html", links=navigation.links("bottom")[:PLACES])


def notices(viewer: Any | None) -> list[Markup]:
    """What the features say on top of every page of a network to this viewer."""
    return sections.of("notice", viewer) if viewer else []


def _home() -> str:
    first = next(iter(navigation.links("logo")), None)
    return first.url if first else f"{str(current_app.config['APPLICATION_ROOT']).rstrip('/')}/"


def init_app(app: Flask) -> None:
    """Let the page's frame ask for its bars."""
    app.jinja_env.globals.update(top_bar=top_bar, side=side, bottom_bar=bottom_bar, notices=notices)
