"""The way in, the way out, and the first page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.accounts import actions, queries
from app.accounts.forms import SignInForm
from app.accounts.models import Account
from app.accounts.routes import arriving
from app.accounts.routes.blueprint import WRONG, bp, too_many, unkept, waiting
from app.core.access import current_account, public
from app.core.doors import closed
from app.core.home import home_of

DEMO_PASSWORD = "throughline-demo"  # noqa: S105
"""Public: the sign-in page shows it while the demo is loaded."""
DEMO_WORDS = {
    "teacher": _l("Teacher"),
    "colleague": _l("Colleague"),
    "coach": _l("Coach"),
    "principal": _l("Principal"),
    "facilitator": _l("Facilitator"),
    "facilitator2": _l("Facilitator 2"),
    "director": _l("Director"),
    "outsider": _l("Outsider"),
}


@bp.get("/")
@closed("leads on, or says that there is no network yet")
def home() -> ResponseReturnValue:
    """To the person's network; a page with the next step when there is none."""
    address = home_of(current_account())
    return redirect(address) if address else render_template("accounts/no_network.html")


@bp.get("/sign-in")
@public
@closed("a form")
@unkept
def sign_in() -> ResponseReturnValue:
    """The form; `?as=teacher` fills in one of the demo's people."""
    if current_user.is_authenticated:
        return redirect(arriving.way_on(current_account(), request.args.get("next")))
    form = SignInForm(formdata=None, next=request.args.get("next", ""))
    person = next((account for name, _word, account in _demo() if name == request.args.get("as")), None)
    if person is not None:
        form.email.data = person.email
    return _page(form, chosen=person is not None)


@bp.post("/sign-in")
@public
@closed("a form")
@unkept
def enter() -> ResponseReturnValue:
    """Check, and let in. What is said is the same whether or not somebody has the address."""
    form = SignInForm()
    if not form.validate():
        return _page(form), WRONG
    email, password = form.email.data or "", form.password.data or ""
    remember = bool(form.remember.data)
    try:
        done = actions.sign_in(email, password, remember=remember, browser=arriving.browser())
    except actions.TooManyTries as refused:
        words = too_many(refused.wait) + " " + _("Or set a new password: that always works.")
        return waiting(_page(form, problem=words), refused.wait)
    except actions.Suspended:
        words = _("This account is paused at present. Please write to those who run your network.")
        return _page(form, problem=words), WRONG
    except actions.WrongPassword:
        words = _("This address and this password don't belong together. Please check both.")
        return _page(form, problem=words), WRONG
    arriving.arrive(done.account, done.token, remember=remember)
    return redirect(arriving.way_on(done.account, form.next.data), 303)


@bp.post("/sign-out")
@public
@closed("ends the session")
def sign_out() -> ResponseReturnValue:
    """End the session on the server, then forget it here; fine when it had ended already."""
    if current_user.is_authenticated and current_user.current_session is not None:
        actions.end_session(current_account(), current_user.current_session)
    arriving.leave()
    flash(_("You are signed out. See you soon."))
    return redirect(url_for("accounts.sign_in"), 303)


def _page(form: SignInForm, *, problem: str = "", chosen: bool = False) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        problem=problem,
        people=_demo(),
        demo_password=DEMO_PASSWORD,
        chosen=chosen,
    )


def _demo() -> list[tuple[str, Any, Account]]:
    """The demo's people: the name that chooses one, the word on the button, the account."""
    named = (((account.email or "").partition("@")[0], account) for account in queries.demo_accounts())
    return [(name, DEMO_WORDS[name], account) for name, account in named]
