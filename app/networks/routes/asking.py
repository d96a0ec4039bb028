"""Asking to join, and the answers.

`/n/<slug>/ask` is public by its link and says only the network's name and aim. The argument
is called `slug`, not `network`, because who asks is not a viewer of the network yet.
"""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.actions import Objection
from app.accounts.queries import address_of
from app.core import tokens
from app.core.access import NotFound, current_account, public
from app.core.doors import closed
from app.core.limits import allowed, limited
from app.networks import actions, policy, queries
from app.networks.forms.joining import AdmitForm, AskForm, DeclineForm, NewAskerForm
from app.networks.models import Member, Network
from app.networks.routes.blueprint import WRONG, bp, feed_of, to, viewer


@bp.get("/n/<slug>/ask")
@public
@closed("the network's name and aim")
def ask(slug: str) -> ResponseReturnValue:
    """What the network is, and a form."""
    network = _open_network(slug)
    if current_user.is_authenticated:
        if queries.viewer_of(current_account(), slug):
            return redirect(feed_of(network))
        return _page(network, AskForm())
    return _page(network, NewAskerForm())


@bp.post("/n/<slug>/ask")
@public
@closed("the network's name and aim")
@limited("120/hour")
def send_ask(slug: str) -> ResponseReturnValue:
    """Keep the request for the facilitators; the answer is the same for every address."""
    network = _open_network(slug)
    form = AskForm() if current_user.is_authenticated else NewAskerForm()
    if not form.validate_on_submit():
        return _page(network, form), WRONG
    try:
        _ask(network, form)
    except actions.NotOpen:
        raise NotFound from None
    except actions.Mixed:
        return _page(network, form, problem=_("This network cannot be asked from this account.")), WRONG
    except Objection as objection:
        field = getattr(form, objection.field)
        field.errors = [*field.errors, objection.sentence]
        return _page(network, form), WRONG
    return render_template("networks/asked.html", network=network)


PER_PERSON = "3/hour"
"""Each request in somebody's name may be a mail to them, wherever it came from; more are passed over."""


def _ask(network: Network, form: AskForm | NewAskerForm) -> None:
    because = form.because.data or ""
    if isinstance(form, NewAskerForm):
        if not allowed("asks", PER_PERSON, tokens.keyed("who", address_of(form.email.data or ""))):
            return
        actions.ask_as_stranger(
            None, network, name=form.name.data or "", email=form.email.data or "", because=because
        )
    else:
        actions.ask_to_join(current_account(), network, because=because)


@bp.get("/n/<network>/asks/")
@closed("names and words of people who asked")
def asks(network: str) -> str:
    """Who asked to join, for facilitators."""
    here = _answering()
    waiting = queries.asks_of(here)
    return render_template(
        "networks/asks.html", waiting=waiting, admit=AdmitForm(here.network), decline=DeclineForm()
    )


@bp.post("/n/<network>/asks/<int:member_id>/admit")
@closed("changes a request")
def admit(network: str, member_id: int) -> ResponseReturnValue:
    here = _answering()
    member, form = queries.asked_member(here, member_id), AdmitForm(here.network)
    if form.validate_on_submit():
        actions.admit(here, member, role=form.role.or_none, site_id=form.site_id.number)
        flash(_("%(name)s is a member now.", name=member.name), "success")
    return to("asks", here.network)


@bp.post("/n/<network>/asks/<int:member_id>/decline")
@closed("changes a request")
def decline(network: str, member_id: int) -> ResponseReturnValue:
    here = _answering()
    member, form = queries.asked_member(here, member_id), DeclineForm()
    if not form.validate_on_submit():
        flash(" ".join(str(error) for error in form.reason.errors), "error")
        return to("asks", here.network)
    actions.decline(here, member, reason=form.reason.data or "")
    flash(_("%(name)s hears from us by mail.", name=member.name), "success")
    return to("asks", here.network)


def _answering() -> Member:
    member = viewer()
    policy.insist(policy.can_admit(member, member.network))
    return member


def _open_network(slug: str) -> Network:
    network = queries.network_of_slug(slug)
    if network is None or not network.may_ask:
        raise NotFound
    return network


def _page(network: Network, form: AskForm | NewAskerForm, *, problem: str = "") -> str:
    return render_template("networks/ask.html", network=network, form=form, problem=problem)
