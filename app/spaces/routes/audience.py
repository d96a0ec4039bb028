"""Spaces: a space's address, and who would see what is shared there."""

from flask import render_template

from app.core.access import current_viewer
from app.core.doors import closed
from app.spaces.queries import audience_of, get_space_by_slug
from app.spaces.routes import bp


@bp.get("/n/<network>/spaces/<slug>/audience")
@closed("counts of people by role")
def audience(network: str, slug: str) -> str:
    """Who sees what is shared here: said beside the button, before sharing."""
    viewer = current_viewer()
    return render_template(
        "spaces/_audience.html", audience=audience_of(viewer, get_space_by_slug(viewer, slug))
    )
