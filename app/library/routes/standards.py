"""The library on a standard's page: what of it serves the standard, above what else does."""

from flask import render_template

from app.contributions.models import Contribution
from app.contributions.queries.standards import serving
from app.core import sections
from app.core.addresses import path_for
from app.library.models import KIND
from app.library.queries import rows_of, shown_beside
from app.networks.models import Member
from app.standards.models import Standard


@sections.fills("standard", order=10)
def in_the_library(viewer: Member, standard: Standard) -> str:
    """Resources that name it or one beneath it, the newest first; the rest is a search away."""
    served, total = serving(viewer, standard, Contribution.kind == KIND)
    if not served:
        return ""
    rows = rows_of([resource.id for resource, _how in served])
    asked = f"standard:{standard.code}" if standard.code else ""
    return render_template(
        "library/_serving.html",
        rows=rows,
        total=total,
        all=path_for("search.index", network=viewer.network.slug, q=asked, tab="resources"),
        **shown_beside(rows),
    )
