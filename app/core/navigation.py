"""What the shell offers: a registry that features join, so that core knows none of them.

Nouns: an *item* is a link (or a button that posts) in a *place*: `left` and `bottom` (the network's pages),
`top` (icons in the top bar, such as the bell), `avatar` (the account's menu), `search` (where the search form
goes; its panel completes), `settings` (more pages of a network's settings), `logo` (where the mark leads). A
*fragment* is an address whose HTML fills the rest of a column after the page has come: `left`, `right` or
`avatar`.
Rules: a feature registers at import, in its `routes.py`:

    navigation.add("left", "feed.index", _l("Feed"), "home", order=10, also=("bottom",))
    navigation.fill("right", "feed.aside", order=10)

An endpoint whose rule takes `network` leads, on pages of no network, to the person's last one (`elsewhere`),
so that things stand in the same places everywhere. `shown()` may hide an item or a fragment.
`badge()` counts what is new. Both run while a page renders, so they read what the request has at hand.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user
from werkzeug.routing import Rule

from app.core.access import viewer_or_none
from app.core.addresses import path_for
from app.core.remembered import forbid_in_remembered

Text = Any  # a str, or a lazy translation of flask-babel


@dataclass(frozen=True)
class Item:
    """A registered item. `also_current`: more endpoints, or blueprints as `ideas.`, that count as here."""

    endpoint: str
    label: Text
    icon: str
    order: int = 50
    also_current: tuple[str, ...] = ()
    method: str = "get"
    section: Text = ""
    badge: Callable[[], int] | None = None
    shown: Callable[[], bool] | None = None
    panel: str = ""
    """In `top`: the endpoint whose HTML drops down from the icon."""
    streams: Callable[[], Mapping[str, int]] | None = None
    """In `top`: the live streams behind the badge, each with the last number that the page has."""


@dataclass(frozen=True)
class Link:
    """An item as the page shows it: `url` built, `current` and `badge` known.

    Two are equal where they look the same: its words follow from its name and the language.
    """

    name: str
    label: Text = field(compare=False)
    icon: str
    url: str
    current: bool
    method: str
    section: Text = field(compare=False)
    badge: int
    panel: str = ""
    streams: tuple[tuple[str, int], ...] = ()


_items: dict[str, dict[str, Item]] = {}
_belonging: dict[str, set[str]] = {}
_fragments: dict[str, dict[str, tuple[int, Callable[[], bool] | None]]] = {}
_elsewhere: list[Callable[[Any], Any | None]] = []


def add(
    place: str, endpoint: str, label: Text, icon: str, *, also: tuple[str, ...] = (), **more: Any
) -> None:
    """Offer an endpoint in `place`, and in the places of `also`. A second call replaces the first."""
    for where in (place, *also):
        _items.setdefault(where, {})[endpoint] = Item(endpoint, label, icon, **more)


def belongs_to(endpoint: str, *also: str) -> None:
    """Let more endpoints, of features above, count as being at an item of this endpoint."""
    _belonging.setdefault(endpoint, set()).update(also)


def fill(column: str, endpoint: str, *, order: int = 50, shown: Callable[[], bool] | None = None) -> None:
    """Load `endpoint` into a column (`left`, `right`, `avatar`) once the page stands."""
    _fragments.setdefault(column, {})[endpoint] = (order, shown)


def elsewhere(function: Callable[[Any], Any | None]) -> Callable[[Any], Any | None]:
    """Register `account -> member`: in whose network the bar leads on from pages of no network."""
    _elsewhere[:] = [function]
    return function


def member_at_hand() -> Any | None:
    """The viewer; on pages of no network the member in the network that was looked at last."""
    if (viewer := viewer_or_none()) is not None:
        return viewer
    if "member_elsewhere" not in g:
        asked = bool(_elsewhere) and current_user.is_authenticated
        g.member_elsewhere = _elsewhere[0](current_user._get_current_object()) if asked else None
    return g.member_elsewhere


def links(place: str) -> tuple[Link, ...]:
    """The items of a place that lead somewhere from the current page, in order."""
    forbid_in_remembered("navigation")
    offered = sorted(_items.get(place, {}).values(), key=lambda item: item.order)
    here = _here_or_elsewhere()
    return tuple(
        _link(item, here)
        for item in offered
        if _reachable(item.endpoint, here) and (item.shown is None or item.shown())
    )


def fragments(column: str) -> tuple[str, ...]:
    """The addresses that fill a column on the current page, in order."""
    forbid_in_remembered("navigation")
    known = sorted(_fragments.get(column, {}).items(), key=lambda pair: pair[1][0])
    here = _here() if column == "right" else _here_or_elsewhere()
    return tuple(
        _address(endpoint, here)
        for endpoint, (_, shown) in known
        if _reachable(endpoint, here) and (shown is None or shown())
    )


def _link(item: Item, here: dict[str, str]) -> Link:
    badge = item.badge() if item.badge else 0
    return Link(
        item.endpoint,
        item.label,
        item.icon,
        _address(item.endpoint, here),
        _current(item),
        item.method,
        item.section,
        badge,
        _address(item.panel, here) if item.panel else "",
        tuple(item.streams().items()) if item.streams else (),
    )


def _current(item: Item) -> bool:
    here = request.endpoint or ""
    if here in _belonging.get(item.endpoint, ()):
        return True
    return here == item.endpoint or any(
        here.startswith(name) if name.endswith(".") else here == name for name in item.also_current
    )


def _here() -> dict[str, str]:
    network = (request.view_args or {}).get("network")
    return {"network": network} if network else {}


def _here_or_elsewhere() -> dict[str, str]:
    here = _here()
    if not here and (member := member_at_hand()) is not None:
        here = {"network": member.network.slug}
    return here


def _arguments(endpoint: str) -> frozenset[str] | None:
    """What an endpoint's address takes; None for an endpoint that is not there."""
    known: dict[str, frozenset[str] | None] = current_app.extensions["navigation"]
    if endpoint not in known:
        rule = next(_rules(endpoint), None)
        known[endpoint] = None if rule is None else frozenset(rule.arguments)
    return known[endpoint]


def _rules(endpoint: str) -> Iterator[Rule]:
    try:
        yield from current_app.url_map.iter_rules(endpoint)
    except KeyError:
        return


def _reachable(endpoint: str, here: dict[str, str]) -> bool:
    wanted = _arguments(endpoint)
    return wanted is not None and wanted <= here.keys()


def _address(endpoint: str, here: dict[str, str]) -> str:
    wanted = _arguments(endpoint) or frozenset()
    return path_for(endpoint, **{key: value for key, value in here.items() if key in wanted})


def init_app(app: Flask) -> None:
    """Let templates ask for `navigation(place)` and `column(name)`."""
    app.extensions["navigation"] = {}
    app.jinja_env.globals["navigation"] = links
    app.jinja_env.globals["column"] = fragments
