"""`/setup/<token>`: from an empty deployment to a network with its first invitation.

Each step saves, and coming back goes on where it stopped. After the first step the link
alone opens nothing: the account that it made has to be signed in. Later everything here is
changed in the settings.
"""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.validators import ValidationError

from app.accounts.actions import Objection
from app.accounts.routes.arriving import let_in
from app.accounts.routes.blueprint import unkept
from app.core.access import NotFound, current_account, public
from app.core.doors import closed
from app.core.limits import limited
from app.core.text import TooLong
from app.networks import actions, queries
from app.networks.forms.joining import NewPersonForm
from app.networks.forms.members import NoFieldsForm
from app.networks.forms.settings import MailForm, NetworkForm, NormsForm, SitesForm
from app.networks.forms.starting_norms import starting_norms
from app.networks.models import Member, Setup
from app.networks.routes.blueprint import WRONG, bp
from app.networks.routes.mail import save_mail
from app.networks.routes.sites import take_pasted

NOTHING_SHARED = "before there is anything to share"


@bp.get("/setup/<token>")
@public
@closed(NOTHING_SHARED)
@unkept
def setup(token: str) -> ResponseReturnValue:
    """On to the step that comes next."""
    return _go(token, queries.next_step(queries.open_setup(token)))


@bp.route("/setup/<token>/account", methods=["GET", "POST"])
@public
@closed(NOTHING_SHARED)
@limited("20/hour")
@unkept
def setup_account(token: str) -> ResponseReturnValue:
    """The first director's account."""
    going, form = queries.open_setup(token), NewPersonForm()
    if going.account_id is not None:
        return _go(token, queries.next_step(going))
    if not form.validate_on_submit():
        return _page(going, token, "account", form=form), _status(form)
    try:
        account = actions.open_first_account(
            token, name=form.name.data or "", email=form.email.data or "", password=form.password.data or ""
        )
    except Objection as objection:
        field = getattr(form, objection.field)
        field.errors = [*field.errors, objection.sentence]
        return _page(going, token, "account", form=form), WRONG
    let_in(account, remember=True)
    return _go(token, "network")


@bp.route("/setup/<token>/network", methods=["GET", "POST"])
@closed(NOTHING_SHARED)
@unkept
def setup_network(token: str) -> ResponseReturnValue:
    """Name, aim, time zone and year; going back changes them."""
    going = _mine(token)
    form = NetworkForm(going.network)
    if not form.validate_on_submit():
        return _page(going, token, "network", form=form), _status(form)
    words: dict[str, Any] = {
        "name": form.name.data or "",
        "aim": form.aim.data or "",
        "time_zone": form.time_zone.data,
        "year_starts": int(form.year_starts.data),
    }
    if going.network is None:
        actions.set_up_network(current_account(), going, norms=starting_norms(), **words)
    else:
        actions.change_network(_director(going), going.network, **words)
    return _go(token, "norms")


@bp.route("/setup/<token>/norms", methods=["GET", "POST"])
@closed(NOTHING_SHARED)
@unkept
def setup_norms(token: str) -> ResponseReturnValue:
    """The starting norms, to be made one's own."""
    going = _mine(token)
    director, form = _director(going), NormsForm()
    if not form.validate_on_submit():
        norms = queries.norms_version(director.network).norms
        return _page(going, token, "norms", form=form, norms=norms), _status(form)
    try:
        actions.adopt_norms(director, director.network, form.norms())
    except (actions.WrongNorms, TooLong):
        problem = _("Each norm needs a title of at most 80 characters, and texts of at most 500.")
        return _page(going, token, "norms", form=form, norms=form.norms(), problem=problem), WRONG
    return _done(going, token, "norms", "sites")


@bp.route("/setup/<token>/sites", methods=["GET", "POST"])
@closed(NOTHING_SHARED)
@unkept
def setup_sites(token: str) -> ResponseReturnValue:
    """Schools and districts, pasted or from a file; none is fine for now."""
    going = _mine(token)
    director, form = _director(going), SitesForm()
    here = {"form": form, "tree": queries.tree_of(queries.sites_of(director.network))}
    if not form.validate_on_submit():
        return _page(going, token, "sites", **here), _status(form)
    try:
        preview = take_pasted(director, form)
    except ValidationError as error:
        form.file.errors = [str(error)]
        return _page(going, token, "sites", **here), WRONG
    if preview:
        return _page(going, token, "sites", **preview, **here)
    return _done(going, token, "sites", "mail")


@bp.route("/setup/<token>/mail", methods=["GET", "POST"])
@closed(NOTHING_SHARED)
@unkept
def setup_mail(token: str) -> ResponseReturnValue:
    """The mail server, with a test mail; it can wait."""
    going = _mine(token)
    director, form = _director(going), MailForm()
    if not form.is_submitted():
        form = MailForm.now()
    elif form.step == "later":
        return _done(going, token, "mail", "done")
    elif save_mail(director, form):
        return _go(token, "mail") if form.step == "test" else _done(going, token, "mail", "done")
    return _page(going, token, "mail", form=form, state=queries.mail_state(director.network)), _status(form)


@bp.route("/setup/<token>/done", methods=["GET", "POST"])
@closed(NOTHING_SHARED)
@unkept
def setup_done(token: str) -> ResponseReturnValue:
    """What was set up; the button ends the set-up and makes the first invitation."""
    going = _mine(token)
    director, form = _director(going), NoFieldsForm()
    if not form.validate_on_submit():
        sites = queries.sites_of(director.network)
        return _page(going, token, "done", form=form, sites=sites), _status(form)
    invitation = actions.finish_setup(current_account(), going, director)
    return redirect(url_for("networks.invitations", network=director.network.slug, made=invitation.id))


def _mine(token: str) -> Setup:
    """The set-up that the signed-in account began. Raises NotFound for anybody else."""
    going = queries.open_setup(token)
    if going.account_id != current_account().id:
        raise NotFound
    return going


def _director(going: Setup) -> Member:
    return queries.director_of(going, current_account())


def _done(going: Setup, token: str, step: str, then: str) -> ResponseReturnValue:
    actions.step_done(current_account(), going, step)
    return _go(token, then)


def _go(token: str, step: str) -> ResponseReturnValue:
    return redirect(url_for(f"networks.setup_{step}", token=token))


def _status(form: Any) -> int:
    return WRONG if form.is_submitted() else 200


def _page(going: Setup, token: str, step: str, **more: Any) -> str:
    return render_template(
        f"networks/setup/{step}.html", setup=going, token=token, step=step, steps=queries.STEPS, **more
    )
