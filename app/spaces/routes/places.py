"""What the pages of groups share: the tie of an address, the way to it, refusals."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.access import current_viewer
from app.networks.models import Member, Network
from app.spaces.policy.groups import Tie
from app.spaces.queries import get_group
from app.spaces.routes.tabs import frame

WRONG = 422
"""A form that cannot be accepted as it is."""


def tie_here(slug: str) -> Tie:
    """The viewer's tie to the group of this address. Raises NotFound."""
    viewer: Member = current_viewer()
    return get_group(viewer, slug)


def group_page(template: str, tie: Tie, status: int = 200, **more: Any) -> ResponseReturnValue:
    """A page with the group's head and tabs."""
    return render_template(f"spaces/{template}.html", **frame(tie), **more), status


def to(endpoint: str, tie: Tie, **more: Any) -> ResponseReturnValue:
    """On to another page of the group."""
    here: dict[str, Any] = {"network": tie.viewer.network.slug, "slug": tie.space.slug}
    return redirect(url_for(endpoint if "." in endpoint else f"spaces.{endpoint}", **here, **more), 303)


def to_groups(network: Network, **more: Any) -> ResponseReturnValue:
    return redirect(url_for("spaces.groups", network=network.slug, **more), 303)
