"""What serves a standard, on the standard's page: the newest of what the viewer sees."""

from flask import render_template

from app.contributions.models import Contribution
from app.contributions.queries.standards import serving
from app.core import sections
from app.core.addresses import path_for
from app.core.kinds import kinds
from app.networks.models import Member
from app.standards.models import Standard


@sections.fills("standard", order=50)
def what_serves_it(viewer: Member, standard: Standard) -> str:
    """Roots that name it or one beneath it; the rest is a search away."""
    served, total = serving(viewer, standard, Contribution.kind.not_in(kinds.standing_apart()))
    if not served:
        return ""
    asked = f"standard:{standard.code}" if standard.code else ""
    return render_template(
        "contributions/_serving.html",
        served=served,
        total=total,
        all=path_for("search.index", network=viewer.network.slug, q=asked),
        kinds=kinds,
    )
