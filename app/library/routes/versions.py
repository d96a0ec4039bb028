"""The versions of a resource: each opens, the author adds one and brings one back."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.routes.answers import address_of
from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.forms import VersionForm
from app.library.models import Resource
from app.library.policy import can_add_version, can_restore
from app.library.queries import get_resource, get_version, versions_of
from app.library.routes import bp


@bp.get("/n/<network>/c/<int:contribution_id>/versions/<int:number>")
@door("resource")
def version(network: str, contribution_id: int, number: int) -> ResponseReturnValue:
    """What it consisted of then."""
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    chosen = get_version(viewer, found, number)
    return render_template(
        "library/version.html",
        it=found,
        body=body,
        version=chosen,
        still=[file["key"] for file in found.card.get("files", [])],
        may_restore=can_restore(chosen),
        versions=versions_of(viewer, found),
        may=can_add_version(viewer, found),
    )


@bp.get("/n/<network>/c/<int:contribution_id>/versions/new")
@door("resource")
def new_version(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    require(can_add_version(viewer, found))
    return _page(found, body, VersionForm(data={"link_url": body.link_url, "body": found.html}))


def _page(found: Contribution, body: Resource, form: VersionForm, status: int = 200) -> ResponseReturnValue:
    kept = request.form.getlist("keep") if request.method == "POST" else None
    return render_template("library/new_version.html", it=found, body=body, form=form, kept=kept), status


@bp.post("/n/<network>/c/<int:contribution_id>/versions/new")
@limited("30/minute")
@door("resource")
def save_version(network: str, contribution_id: int) -> ResponseReturnValue:
    """`keep` are the keys of files that stay, `file_keys` fresh ones."""
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    require(can_add_version(viewer, found))
    form = VersionForm()
    if not form.validate():
        return _page(found, body, form, 422)
    try:
        actions.add_version(
            viewer,
            found,
            note=form.note.data or "",
            keep=request.form.getlist("keep"),
            file_keys=request.form.getlist("file_keys"),
            file_alts=request.form.getlist("file_alts"),
            html=form.clean,
            link_url=form.link_url.data or "",
        )
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return _page(found, body, form, problem.status)
    flash(_("The new version is there. Links to it stay the same."), "good")
    return redirect(address_of(viewer, found), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/versions/<int:number>/restore")
@limited("30/minute")
@door("resource")
def restore(network: str, contribution_id: int, number: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    note = _("Version %(number)s is back.", number=number)
    actions.restore_version(viewer, found, number, note=note)
    flash(note, "good")
    return redirect(address_of(viewer, found), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/versions/<int:number>/take-away")
@limited("30/minute")
@door("resource")
def take_file_away(network: str, contribution_id: int, number: int) -> ResponseReturnValue:
    """`file` is the key of a file of an earlier version."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    back = path_for("library.version", network=network, contribution_id=found.id, number=number)
    try:
        actions.take_file_away(viewer, found, number, request.form.get("file", ""))
    except actions.StillUsed:
        flash(_("The newest version has this file too. Add a new version without it first."), "problem")
        return redirect(back, 303)
    flash(_("The file is gone, for everybody. Copies that colleagues made keep theirs."), "good")
    return redirect(back, 303)


@bp.post("/n/<network>/c/<int:contribution_id>/versions/<int:number>/take-version-away")
@limited("30/minute")
@door("resource")
def take_version_away(network: str, contribution_id: int, number: int) -> ResponseReturnValue:
    """An earlier version, with its words and files, for good."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    try:
        actions.take_resource_version_away(viewer, found, number)
    except actions.StillUsed:
        flash(_("This is the newest version. Add a new one first."), "problem")
    else:
        flash(_("This version is gone, for everybody."), "good")
    return redirect(
        path_for("library.version", network=network, contribution_id=found.id, number=number), 303
    )
