"""`/maths/keys` and `/maths/preview`: what the editor's keys for formulas ask for."""

from flask import Blueprint, render_template, request

from app.core.doors import closed
from app.core.limits import limited
from app.core.maths.formula import formula

blueprint = Blueprint("maths", __name__, url_prefix="/maths")


@blueprint.get("/keys")
@closed("the same keys for everybody")
def keys() -> str:
    """The keys and their fields, in the reader's language."""
    return render_template("core/maths/_keys.html")


@blueprint.get("/preview")
@limited("240/minute", methods=("GET",))
@closed("shows what was just typed to who typed it")
def preview() -> str:
    """`tex` as it will look, and on one line of plain text."""
    return render_template("core/maths/_preview.html", found=formula(request.args.get("tex", "")))
