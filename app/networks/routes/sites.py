"""Sites in the settings: the tree, one site, many at once."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.validators import ValidationError

from app.core.doors import closed
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm
from app.networks.forms.pasted_sites import mark_of, plan_of, read_sites
from app.networks.forms.settings import SiteForm, SitesForm
from app.networks.models import Member, Site
from app.networks.routes.blueprint import WRONG, bp, hub, to


@bp.route("/n/<network>/settings/sites/", methods=["GET", "POST"])
@closed("names of sites")
def sites(network: str) -> ResponseReturnValue:
    """The tree with how many people each has, and a new one."""
    here = hub()
    form = SiteForm(here.network)
    if not form.is_submitted():
        return _page(here, form)
    if not form.validate_on_submit():
        return _page(here, form), WRONG
    site = actions.add_site(
        here,
        here.network,
        name=form.name.data or "",
        short_name=form.short_name.data or "",
        kind=form.kind.data,
        parent=_parent(here, form),
    )
    flash(_("%(name)s is here now.", name=site.name), "success")
    return to("sites", here.network)


@bp.route("/n/<network>/settings/sites/many", methods=["GET", "POST"])
@closed("names of sites")
def many_sites(network: str) -> ResponseReturnValue:
    """A pasted list or a CSV file: looked over first, then added."""
    here, form = hub(), SitesForm()
    if not form.validate_on_submit():
        return render_template(
            "networks/settings/sites_many.html", form=form
        ), WRONG if form.is_submitted() else 200
    try:
        preview = take_pasted(here, form)
    except ValidationError as error:
        form.file.errors = [str(error)]
        return render_template("networks/settings/sites_many.html", form=form), WRONG
    if preview:
        return render_template("networks/settings/sites_many.html", form=form, **preview)
    return to("sites", here.network)


def take_pasted(here: Member, form: SitesForm) -> dict[str, Any]:
    """What to show of a list before it is written; one that was looked over is added, and nothing is shown.

    Raises ValidationError for the file.
    """
    pasted = form.text()
    read = read_sites(pasted)
    mark = mark_of(read)
    if read and not form.was_seen(mark):
        form.sites.data = pasted
        plan = plan_of(read, queries.sites_of(here.network, closed=True))
        return {"plan": plan, "wrong": [each for each in read if each.wrong], "mark": mark}
    made = actions.add_sites(here, here.network, [each.site for each in read if each.site])
    if made:
        count = len(made)
        flash(ngettext("Added %(num)s school.", "Added %(num)s schools and districts.", count), "success")
    return {}


@bp.route("/n/<network>/settings/sites/<int:site_id>", methods=["GET", "POST"])
@closed("names of sites")
def change_site(network: str, site_id: int) -> ResponseReturnValue:
    """Rename or move a site."""
    here = hub()
    site = queries.site_of(here, site_id)
    form = SiteForm(here.network, site)
    if not form.validate_on_submit():
        return _site_page(site, form), WRONG if form.is_submitted() else 200
    try:
        actions.change_site(
            here,
            site,
            name=form.name.data or "",
            short_name=form.short_name.data or "",
            kind=form.kind.data,
            parent=_parent(here, form),
        )
    except actions.WrongPlace:
        form.parent_id.errors = [_("A site can be in a district, and not in itself.")]
        return _site_page(site, form), WRONG
    flash(_("Saved."), "success")
    return to("sites", here.network)


@bp.post("/n/<network>/settings/sites/<int:site_id>/<any(close, reopen):act>")
@closed("names of sites")
def close_site(network: str, site_id: int, act: str) -> ResponseReturnValue:
    here = hub()
    site = queries.site_of(here, site_id)
    if NoFieldsForm().validate_on_submit():
        (actions.close_site if act == "close" else actions.reopen_site)(here, site)
        flash(_("Saved."), "success")
    return to("sites", here.network)


def _parent(here: Member, form: SiteForm) -> Site | None:
    return queries.site_of(here, form.parent_id.number) if form.parent_id.number else None


def _page(here: Member, form: SiteForm) -> str:
    return render_template(
        "networks/settings/sites.html",
        form=form,
        tree=queries.tree_of(queries.sites_of(here.network)),
        closed=[site for site in queries.sites_of(here.network, closed=True) if site.closed_at],
        counts=queries.people_at_sites(here.network),
    )


def _site_page(site: Site, form: SiteForm) -> str:
    return render_template("networks/settings/site.html", form=form, site=site)
