"""Saying a resource differently: everything but its files, which change by a new version."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.contributions.actions.editing import edit_mark
from app.contributions.models import Contribution
from app.contributions.policy import can_edit, require
from app.contributions.queries.standards import named_on
from app.contributions.routes.saving import save_edited
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.forms import ResourceForm
from app.library.models import LICENCES, Resource, what_fits
from app.library.queries import drivers_to_name, get_resource, sources_of
from app.library.routes import bp
from app.networks.forms.fields import Grades
from app.networks.models import Member


def _form(viewer: Member, found: Contribution, body: Resource) -> ResourceForm:
    """With what it says now; a copy keeps to what its sources allow."""
    data = {
        name: getattr(body, name) for name in ("what", "subject", "minutes", "needs", "language", "licence")
    }
    data |= {"authors": body.authors, "tags": ", ".join(body.tags), "link_url": body.link_url}
    data |= {"title": found.title, "body": found.html, "grades": Grades.from_mask(found.grades)}
    data["driver"] = str(found.driver_id or "")
    data["standards"] = named_on([found.id]).get(found.id, [])
    sources = sources_of(found.id)
    licences = [code for code in LICENCES if code in what_fits(sources) or code == body.licence]
    form = ResourceForm(drivers_to_name(viewer, found.driver), licences, data=data)
    form.has_files = bool(found.card.get("files"))
    return form


@bp.get("/n/<network>/c/<int:contribution_id>/edit-resource")
@door("edit")
def edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    require(can_edit(viewer, found))
    return _page(found, _form(viewer, found, body), edit_mark(found))


def _page(
    found: Contribution, form: ResourceForm, seen: str, status: int = 200, **more: object
) -> ResponseReturnValue:
    return render_template("library/edit.html", it=found, form=form, seen=seen, **more), status


@bp.post("/n/<network>/c/<int:contribution_id>/edit-resource")
@limited("60/minute")
@door("edit")
def save_edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    require(can_edit(viewer, found))
    form = _form(viewer, found, body)
    return save_edited(
        viewer,
        found,
        form,
        _page,
        lambda seen: actions.edit_resource(viewer, found, actions.said_in(form, viewer), seen=seen),
    )
