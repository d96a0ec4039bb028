"""Back in without the password, and the answer of a new mail address.

Rules: opening a link changes nothing, because mail programs open links too; pressing its button does.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import actions, queries
from app.accounts.forms import ForgotForm, ResetForm
from app.accounts.routes import arriving
from app.accounts.routes.blueprint import WRONG, bp, unkept
from app.core.access import public
from app.core.doors import closed
from app.core.limits import address, limited

GONE = 410
"""The link was good once, or never."""


@bp.route("/reset", methods=["GET", "POST"])
@public
@closed("a form")
@limited("100/hour", per=address)
@unkept
def forgot() -> ResponseReturnValue:
    """Ask for a link by mail. The answer never says whether there is an account."""
    form = ForgotForm()
    if not form.is_submitted():
        return render_template("accounts/forgot.html", form=form)
    if not form.validate():
        return render_template("accounts/forgot.html", form=form), WRONG
    actions.ask_for_reset(None, email=form.email.data or "")
    return redirect(url_for("accounts.reset_asked"), 303)


@bp.get("/reset/asked")
@public
@closed("one sentence")
@unkept
def reset_asked() -> ResponseReturnValue:
    return render_template("accounts/reset_asked.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@closed("a form")
@unkept
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by a mailed link."""
    form = ResetForm()
    if queries.open_reset(token) is None:
        return render_template("accounts/link_closed.html", again=url_for("accounts.forgot")), GONE
    if not form.is_submitted():
        return render_template("accounts/reset.html", form=form)
    if not form.validate():
        return render_template("accounts/reset.html", form=form), WRONG
    try:
        account = actions.reset_password(token, new=form.password.data or "")
    except actions.Objection as objection:
        form.object_to(objection)
        return render_template("accounts/reset.html", form=form), WRONG
    except actions.LinkClosed:
        return render_template("accounts/link_closed.html", again=url_for("accounts.forgot")), GONE
    arriving.leave()
    arriving.know_device(account)
    flash(_("Your new password is set. Please sign in with it."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


@bp.route("/account/email/<token>", methods=["GET", "POST"])
@public
@closed("a button")
@unkept
def answer_email_change(token: str) -> ResponseReturnValue:
    """The new address says yes; whoever reads its mail need not be signed in here."""
    change = queries.open_email_change(token)
    if change is None:
        return render_template("accounts/link_closed.html", again=""), GONE
    if request.method != "POST":
        return render_template("accounts/answer_email_change.html", change=change)
    try:
        account = actions.change_email(None, token=token)
    except actions.Refused:
        return render_template("accounts/link_closed.html", again=""), GONE
    except actions.EmailTaken as taken:
        flash(taken.sentence, "error")
        return redirect(url_for("accounts.home"), 303)
    flash(_("From now on you sign in with %(email)s.", email=account.email), "success")
    here = "accounts.account" if current_user.is_authenticated else "accounts.sign_in"
    return redirect(url_for(here), 303)
