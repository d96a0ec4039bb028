"""The tabs of a group's pages: fixed places, which features join by registration.

    tabs.add("library.group", _l("Library"), order=50)

The endpoint's rule takes `network` and `slug`. `shown` says for whose tie the tab is there; by default for
those who see the group.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from app.core import navigation, sections
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy.groups import Tie, can_step_up
from app.spaces.queries import get_group, setting_of, welcome_for
from app.spaces.queries.norms import news_of_norms

Text = Any  # a str, or a lazy translation


def _for_insiders(tie: Tie) -> bool:
    return tie.sees


@dataclass(frozen=True)
class Tab:
    endpoint: str
    label: Text
    order: int
    shown: Callable[[Tie], bool]
    also: tuple[str, ...]


_tabs: dict[str, Tab] = {}
navigation.add(
    "left",
    "spaces.groups",
    _l("Groups"),
    "talks",
    order=45,
    also=("bottom",),
    also_current=("spaces.start", "spaces.proposal", "spaces.leaving", "spaces.leave", "spaces.ask"),
)


def add(
    endpoint: str,
    label: Text,
    *,
    order: int = 50,
    shown: Callable[[Tie], bool] = _for_insiders,
    also: tuple[str, ...] = (),
) -> None:
    """Offer a tab; `also` are endpoints that count as being there. A second call replaces the first."""
    _tabs[endpoint] = Tab(endpoint, label, order, shown, also)
    navigation.belongs_to("spaces.groups", endpoint, *also)


def tabs_of(tie: Tie) -> list[dict[str, Any]]:
    """The tabs as the page shows them, in order."""
    here: dict[str, Any] = {"network": tie.viewer.network.slug, "slug": tie.space.slug}
    return [
        {
            "label": tab.label,
            "url": url_for(tab.endpoint, **here),
            "current": request.endpoint == tab.endpoint or request.endpoint in tab.also,
        }
        for tab in sorted(_tabs.values(), key=lambda tab: tab.order)
        if tab.shown(tie)
    ]


def frame(tie: Tie) -> dict[str, Any]:
    """What the head of every page of a group needs (`spaces/_head.html`)."""
    return {
        "tie": tie,
        "space": tie.space,
        "group": tie.group,
        "tabs": tabs_of(tie),
        "setting": setting_of(tie.viewer, tie.space.id) if tie.is_member else None,
        "welcome": welcome_for(tie),
        "norms_news": news_of_norms(tie) if tie.has_new_norms else [],
        "may_step_up": can_step_up(tie),
        "group_acts": sections.of("group acts", tie.viewer, tie.space),
    }


def frame_of(viewer: Member, space: Space) -> dict[str, Any]:
    """The same for a space that the viewer sees; only itself where it is no group (the commons)."""
    if space.kind in ("site", "role_alike", "group"):
        return frame(get_group(viewer, space.slug))
    return {"space": space}
