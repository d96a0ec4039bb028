"""The network's own words: synonyms, and what people look for in vain."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.doors import closed
from app.networks.policy import can_change_network, insist
from app.search import queries
from app.search.actions import change_synonyms
from app.search.forms import SynonymsForm
from app.search.routes import bp


@bp.route("/n/<network>/settings/search", methods=["GET", "POST"])
@closed("the network's own words, and words that were found nowhere")
def settings(network: str) -> ResponseReturnValue:
    """Edit the synonyms; see what was looked for and not found."""
    viewer = current_viewer()
    insist(can_change_network(viewer, viewer.network))
    form = SynonymsForm()
    if form.validate_on_submit():
        change_synonyms(viewer, viewer.network, form.tidy())
        flash(_("Saved. The next search uses it."), "success")
        return redirect(path_for("search.settings", network=network), 303)
    status = 422 if form.is_submitted() else 200
    if not form.is_submitted():
        form.lines.data = queries.lines_of(viewer.network_id)
    misses = queries.misses_of(viewer.network_id)
    return render_template("search/settings.html", form=form, misses=misses, first=queries.FIRST), status
