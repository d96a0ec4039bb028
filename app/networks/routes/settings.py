"""Settings of a network: what it says of itself, its norms, its drivers, who may ask.

Sites, people, the year and mail have files of their own beside this one.
"""

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.doors import closed
from app.core.files.quota import used_in
from app.core.text import TooLong
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm
from app.networks.forms.settings import DriverForm, JoiningForm, NetworkForm, NormsForm
from app.networks.models import Member
from app.networks.routes.blueprint import WRONG, bp, hub, to
from app.networks.routes.invitations import may_look_after

navigation.add(
    "left",
    "networks.settings",
    _l("Settings"),
    "gear",
    order=81,
    section=_l("Looking after it"),
    shown=may_look_after,
    also_current=(
        "networks.settings_norms",
        "networks.sites",
        "networks.drivers",
        "networks.people",
        "networks.person",
        "networks.year",
        "networks.settings_joining",
        "networks.settings_mail",
    ),
)


@bp.route("/n/<network>/settings/", methods=["GET", "POST"])
@closed("settings")
def settings(network: str) -> ResponseReturnValue:
    """Name, aim, time zone, the beginning of the year."""
    here = hub()
    form = NetworkForm(here.network)
    if not form.is_submitted():
        return _network_page(here, form)
    if not form.validate_on_submit():
        return _network_page(here, form), WRONG
    actions.change_network(
        here,
        here.network,
        name=form.name.data or "",
        aim=form.aim.data or "",
        time_zone=form.time_zone.data,
        year_starts=int(form.year_starts.data),
    )
    flash(_("Saved."), "success")
    return to("settings", here.network)


def _network_page(here: Member, form: NetworkForm) -> str:
    room = current_app.config["STORAGE_PER_NETWORK_BYTES"]
    return render_template(
        "networks/settings/network.html", form=form, used=used_in(here.network_id), room=room
    )


@bp.route("/n/<network>/settings/norms", methods=["GET", "POST"])
@closed("the network's norms")
def settings_norms(network: str) -> ResponseReturnValue:
    """Edit the norms; a changed text becomes a new version, which everyone is asked to accept."""
    here, form = hub(), NormsForm()
    if not form.is_submitted():
        return _norms_page(here, form, queries.norms_version(here.network).norms)
    norms = form.norms()
    if not form.validate_on_submit():
        return _norms_page(here, form, norms), WRONG
    try:
        version = actions.adopt_norms(
            here, here.network, norms, after=form.after.data, why=form.why.data or ""
        )
    except actions.Overtaken:
        problem = _(
            "A colleague changed the norms in the meantime. Your text is below: compare, and save again."
        )
        return _norms_page(here, form, norms, problem), 409
    except (actions.WrongNorms, TooLong):
        problem = _("Each norm needs a title of at most 80 characters, and texts of at most 500.")
        return _norms_page(here, form, norms, problem), WRONG
    flash(_("Saved as version %(version)s.", version=version.version), "success")
    return to("settings_norms", here.network)


@bp.route("/n/<network>/settings/joining", methods=["GET", "POST"])
@closed("settings")
def settings_joining(network: str) -> ResponseReturnValue:
    """Whether people can ask to join."""
    here = hub()
    form = JoiningForm(may_ask=here.network.may_ask)
    if form.validate_on_submit():
        actions.set_joining(here, here.network, may_ask=bool(form.may_ask.data))
        flash(_("Saved."), "success")
        return to("settings_joining", here.network)
    return render_template("networks/settings/joining.html", form=form)


@bp.route("/n/<network>/settings/drivers", methods=["GET", "POST"])
@closed("settings")
def drivers(network: str) -> ResponseReturnValue:
    """The list of drivers, and a new one."""
    here, form = hub(), DriverForm()
    if form.validate_on_submit():
        try:
            actions.add_driver(here, here.network, name=form.name.data or "", meaning=form.meaning.data or "")
            return to("drivers", here.network)
        except actions.TooMany:
            form.name.errors = [_("Thirty drivers are the most. Take one off the list first.")]
    status = WRONG if form.is_submitted() else 200
    return _drivers_page(here, form), status


@bp.post("/n/<network>/settings/drivers/<int:driver_id>")
@closed("settings")
def change_driver(network: str, driver_id: int) -> ResponseReturnValue:
    """Change its words."""
    here, form = hub(), DriverForm()
    driver = queries.driver_of(here, driver_id)
    if not form.validate_on_submit():
        flash(" ".join(str(error) for errors in form.errors.values() for error in errors), "error")
        return to("drivers", here.network)
    actions.change_driver(
        here, here.network, driver, name=form.name.data or "", meaning=form.meaning.data or ""
    )
    flash(_("Saved."), "success")
    return to("drivers", here.network)


@bp.post("/n/<network>/settings/drivers/<int:driver_id>/<any(up, retire, restore):act>")
@closed("settings")
def move_driver(network: str, driver_id: int, act: str) -> ResponseReturnValue:
    """One place up, off the list, or back on it."""
    here = hub()
    driver = queries.driver_of(here, driver_id)
    if NoFieldsForm().validate_on_submit():
        if act == "up":
            actions.raise_driver(here, here.network, driver)
        else:
            actions.retire_driver(here, here.network, driver, retired=act == "retire")
    return to("drivers", here.network)


def _drivers_page(here: Member, form: DriverForm) -> str:
    return render_template(
        "networks/settings/drivers.html",
        form=form,
        drivers=queries.drivers_of(here.network),
        retired=queries.drivers_of(here.network, retired=True),
    )


def _norms_page(here: Member, form: NormsForm, norms: list[dict[str, str]], problem: str = "") -> str:
    return render_template(
        "networks/settings/norms.html",
        form=form,
        norms=norms,
        problem=problem,
        version=here.network.norms_version,
        acceptance=queries.acceptance_of(here.network),
    )
