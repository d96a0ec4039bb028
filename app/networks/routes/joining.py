"""Joining by a link: `/join/<token>`, for somebody signed in or somebody new.

Rules: the page tells a stranger the network's name and aim, nothing more. Whether an address
has an account already is said only after a password was typed for it, and leads to signing in.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.actions import EmailTaken, Objection
from app.accounts.routes.arriving import let_in
from app.core import practice
from app.core.access import current_account, public
from app.core.doors import closed
from app.core.limits import limited
from app.networks import actions, queries
from app.networks.forms.joining import NewPersonForm
from app.networks.forms.members import NoFieldsForm
from app.networks.models import Invitation
from app.networks.routes.blueprint import WRONG, bp, feed_of


@bp.get("/join/<token>")
@public
@closed("the network's name and aim")
def join(token: str) -> ResponseReturnValue:
    """The invitation, with one button or a short form."""
    invitation = queries.invitation_by_token(token)
    if current_user.is_authenticated and queries.viewer_of(current_account(), invitation.network.slug):
        return redirect(feed_of(invitation.network))
    if not queries.is_good(invitation):
        return _spent(invitation)
    if not current_user.is_authenticated and practice.is_shut(invitation.network.is_demo):
        return _practice(invitation)
    mail = queries.invited_address(invitation)
    form = NewPersonForm(formdata=None, name=mail.name if mail else "", email=mail.email if mail else "")
    return _page(invitation, form)


@bp.post("/join/<token>")
@public
@closed("the network's name and aim")
@limited("120/hour")
def use_link(token: str) -> ResponseReturnValue:
    """Join with the account that is signed in, or with a new one."""
    invitation = queries.invitation_by_token(token)
    form = NoFieldsForm() if current_user.is_authenticated else NewPersonForm()
    if not form.validate_on_submit():
        return _page(invitation, form), WRONG
    try:
        if isinstance(form, NewPersonForm):
            _join_as_new(token, form)
        else:
            actions.join(current_account(), token)
    except actions.LinkSpent:
        return _spent(invitation)
    except actions.PracticeOnly:
        return _practice(invitation)
    except actions.Mixed:
        return _page(invitation, form, problem=_mixed(invitation)), WRONG
    except EmailTaken:
        flash(_("Please sign in first, then come back to this link: it joins you with one tap."), "info")
        return redirect(url_for("accounts.sign_in", next=request.path))
    except Objection as objection:
        field = getattr(form, objection.field)
        field.errors = [*field.errors, objection.sentence]
        return _page(invitation, form), WRONG
    return redirect(feed_of(invitation.network))


def _join_as_new(token: str, form: NewPersonForm) -> None:
    account = actions.arrive(
        token,
        name=form.name.data or "",
        email=form.email.data or "",
        password=form.password.data or "",
    )
    let_in(account, remember=True)


def _page(invitation: Invitation, form: object, *, problem: str = "") -> str:
    return render_template("networks/join.html", invitation=invitation, form=form, problem=problem)


def _mixed(invitation: Invitation) -> str:
    if invitation.network.is_demo:
        return _(
            "This is a practice network. Please look at it in another browser, without your own account."
        )
    return _("A practice account cannot join a real network. Please sign out first.")


def _practice(invitation: Invitation) -> ResponseReturnValue:
    return render_template("networks/join_practice.html", network=invitation.network), 403


def _spent(invitation: Invitation) -> ResponseReturnValue:
    return render_template("networks/join_spent.html", network=invitation.network), 410
