"""The library's settings: which licence new resources begin with."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.doors import closed
from app.library.actions import settle_licence
from app.library.forms import LicenceForm
from app.library.models import LICENCES
from app.library.queries import default_licence
from app.library.routes import bp
from app.networks.policy import can_change_network, insist


@bp.route("/n/<network>/settings/library", methods=["GET", "POST"])
@closed("a choice of the network")
def settings(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    insist(can_change_network(viewer, viewer.network))
    form = LicenceForm(data={"licence": default_licence(viewer)})
    if form.validate_on_submit():
        settle_licence(viewer, viewer.network, form.licence.data or "")
        flash(_("Saved. What is in the library already keeps its licence."), "good")
        return redirect(path_for("library.settings", network=network), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("library/settings.html", form=form, licences=LICENCES.values()), status
