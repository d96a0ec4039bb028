"""Browsing: the tree with counts, a search box in it, and the page of one standard."""

from flask import render_template, request

from app.core import sections
from app.core.access import NotFound, current_viewer
from app.core.doors import closed, door
from app.standards import policy, queries
from app.standards.models import Framework
from app.standards.queries.browsing import related_to, retired_in_use, tree_of, way_to
from app.standards.routes import bp

FOUND_AT_MOST = 60


@bp.get("/n/<network>/standards/")
@closed("published lists, and counts of what the viewer sees")
def index(network: str) -> str:
    """The tree of one framework (`?list=`), or what is found in all of them (`?q=`)."""
    viewer = current_viewer()
    frameworks = queries.frameworks_of(viewer)
    typed = request.args.get("q", "").strip()[:100]
    here = _asked(frameworks)
    found = queries.pick_from(viewer, typed, FOUND_AT_MOST) if typed else []
    return render_template(
        "standards/index.html",
        frameworks=frameworks,
        framework=here,
        typed=typed,
        found=found,
        tree=tree_of(viewer, here) if here and not typed else [],
        retired=retired_in_use(viewer, here) if here and not typed else [],
        may_choose=policy.can_choose(viewer, viewer.network),
    )


@bp.get("/n/<network>/standards/<int:standard_id>")
@door("standard")
def page(network: str, standard_id: int) -> str:
    """One standard: what it says, where it stands, and what serves it."""
    viewer = current_viewer()
    standard = queries.get_standard(viewer, standard_id)
    return render_template(
        "standards/page.html",
        standard=standard,
        way=way_to(standard),
        tree=tree_of(viewer, standard.framework, standard) if standard.last > standard.position else [],
        related=related_to(viewer, standard),
        served=sections.of("standard", viewer, standard),
    )


def _asked(frameworks: list[Framework]) -> Framework | None:
    """The framework of the address; without one, the first. Raises NotFound for one that is not chosen."""
    given = request.args.get("list", "")
    if not given:
        return frameworks[0] if frameworks else None
    for framework in frameworks:
        if str(framework.id) == given:
            return framework
    raise NotFound
