"""Your account: who you are, how you sign in, and where you are signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts import actions, queries
from app.accounts.forms import EmailForm, PasswordForm, ProfileForm
from app.accounts.models import EmailChange
from app.accounts.routes import arriving
from app.accounts.routes.blueprint import WRONG, bp, unkept, with_password
from app.core import navigation
from app.core.access import current_account, public
from app.core.doors import closed

navigation.add("avatar", "accounts.account", _l("Your account"), "gear", order=80)
navigation.add("avatar", "accounts.sign_out", _l("Sign out"), "sign-out", order=99, method="post")


@bp.route("/account/", methods=["GET", "POST"])
@closed("one's own account")
@unkept
def account() -> ResponseReturnValue:
    """Everything about one's account, with name and preferences to fill in."""
    me = current_account()
    form = ProfileForm(obj=me)
    if not form.is_submitted():
        return _overview(form)
    if not form.validate():
        return _overview(form), WRONG
    try:
        actions.save_profile(
            me,
            name=form.name.data or "",
            time_zone=form.time_zone.data,
            language=form.language.data,
            theme=form.theme.data,
        )
    except actions.Objection as objection:
        form.object_to(objection)
        return _overview(form), WRONG
    arriving.show_theme(me.theme)
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.account"), 303)


def _overview(form: ProfileForm) -> str:
    me = current_account()
    return render_template(
        "accounts/account.html",
        form=form,
        me=me,
        sessions=queries.sessions_of(me),
        here=me.current_session,
        change=queries.waiting_email_change(me),
    )


@bp.route("/account/email", methods=["GET", "POST"])
@closed("one's own address")
@unkept
def change_email() -> ResponseReturnValue:
    """Ask to move to another address; it is done when the new one answers."""
    me, form = current_account(), EmailForm()

    def ask() -> EmailChange:
        return actions.ask_to_change_email(me, email=form.email.data or "", password=form.password.data or "")

    def tell(change: EmailChange) -> ResponseReturnValue:
        flash(_("We wrote to %(email)s. Open the link in that mail, and it is yours.", email=change.email))
        return redirect(url_for("accounts.account"), 303)

    return with_password("accounts/change_email.html", form, ask, tell, me=me)


@bp.post("/account/email/stay")
@closed("one's own address")
def stay_with_email() -> ResponseReturnValue:
    actions.forget_email_change(current_account())
    flash(_("Your address stays as it is."))
    return redirect(url_for("accounts.account"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@closed("a form")
@unkept
def change_password() -> ResponseReturnValue:
    """A new password; every other session ends, and this one gets a new token."""
    me, form = current_account(), PasswordForm()

    def change() -> str:
        current, new = form.password.data or "", form.new_password.data or ""
        return actions.change_password(me, current=current, new=new)

    def stay_in(token: str) -> ResponseReturnValue:
        arriving.keep_token(token)
        flash(_("Your new password is set. Everywhere else you are signed out."), "success")
        return redirect(url_for("accounts.account"), 303)

    return with_password("accounts/change_password.html", form, change, stay_in, me=me)


@bp.get("/.well-known/change-password")
@public
@closed("leads on")
def well_known_change_password() -> ResponseReturnValue:
    """Where password managers look."""
    return redirect(url_for("accounts.change_password"))


@bp.post("/account/sessions/<int:session_id>/end")
@closed("one's own sessions")
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out there; here, it is simply signing out."""
    me = current_account()
    there = queries.session_of(me, session_id)
    was_here = me.current_session is not None and there.id == me.current_session.id
    actions.end_session(me, there)
    if was_here:
        arriving.leave()
        return redirect(url_for("accounts.sign_in"), 303)
    flash(_("Signed out there."), "success")
    return redirect(url_for("accounts.account", _anchor="sessions"), 303)


@bp.post("/account/sessions/end-others")
@closed("one's own sessions")
def end_other_sessions() -> ResponseReturnValue:
    me = current_account()
    actions.end_other_sessions(me, but=me.current_session)
    flash(_("You are signed in here only."), "success")
    return redirect(url_for("accounts.account", _anchor="sessions"), 303)
