"""What the picker asks as one types: a list of options."""

from flask import render_template, request

from app.core.access import current_viewer
from app.core.doors import closed
from app.core.limits import limited
from app.standards import queries
from app.standards.routes import bp


@bp.get("/n/<network>/standards/pick")
@limited("300/minute", methods=("GET",))
@closed("published lists only")
def pick(network: str) -> str:
    """Options for `?q=`; with `?id=` (several) those standards, for a draft that comes back."""
    viewer = current_viewer()
    given = [each for each in request.args.getlist("id")[: queries.MOST] if each.isascii() and each.isdigit()]
    if given:
        known = queries.standards_by_id(viewer, [int(each) for each in given if len(each) < 18])
        options = list(known.values())
    else:
        options = queries.pick_from(viewer, request.args.get("q", ""))
    return render_template("standards/_options.html", options=options)
