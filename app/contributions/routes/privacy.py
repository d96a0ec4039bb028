"""Student privacy while one writes, and what was found in a file once it was read.

Rules: what is looked at is written down nowhere, neither in a row nor in the log.
"""

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.asking import keep_found
from app.contributions.actions.attaching import FILES_AT_MOST
from app.contributions.policy import can_edit, require
from app.contributions.queries import get_contribution
from app.contributions.queries.privacy import WHILE_WRITING, look_at, undecided_in_files
from app.contributions.routes import bp
from app.contributions.routes.answers import address_of, refuse
from app.core.access import current_viewer
from app.core.doors import closed, door
from app.core.limits import limited
from app.networks.policy import insist


@bp.post("/n/<network>/look")
@limited("30/minute")
@closed("answers with what the viewer is writing")
def look_at_words(network: str) -> ResponseReturnValue:
    """`{text, file_keys}` -> `{findings, html, waiting}`; `waiting`: a file of them is still being read."""
    viewer = current_viewer()
    insist(viewer.may_read)
    data = request.get_json(silent=True)
    words, keys = (data.get("text"), data.get("file_keys")) if isinstance(data, dict) else (None, None)
    if (
        not isinstance(words, str)
        or not isinstance(keys, list)
        or not all(isinstance(key, str) for key in keys)
    ):
        return refuse(_("Something in what was sent could not be read. Please reload the page."), 400)
    found, waiting = look_at(viewer, words[:WHILE_WRITING], keys[:FILES_AT_MOST])
    html = render_template("privacy/_findings.html", findings=found)
    return jsonify(findings=[finding.as_json() for finding in found], html=html, waiting=waiting)


@bp.get("/n/<network>/c/<int:contribution_id>/student-privacy")
@door("edit")
def student_privacy(network: str, contribution_id: int) -> ResponseReturnValue:
    """For its author alone: what was found in its files once they were read."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    require(can_edit(viewer, found))
    return render_template(
        "contributions/student_privacy.html",
        it=found,
        findings=undecided_in_files(found),
        back=address_of(viewer, found),
    )


@bp.post("/n/<network>/c/<int:contribution_id>/student-privacy")
@limited("60/minute")
@door("edit")
def keep_as_it_is(network: str, contribution_id: int) -> ResponseReturnValue:
    """It is fine, keep it."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    keep_found(viewer, found)
    flash(_("Kept as it is. Thank you for looking."), "good")
    return redirect(address_of(viewer, found), 303)
