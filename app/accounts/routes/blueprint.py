"""The blueprint of accounts, and what its pages share."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from math import ceil
from typing import Any, ParamSpec, TypeVar

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts import actions
from app.accounts.forms import AccountForm

bp = Blueprint("accounts", "app.accounts", template_folder="templates")
P = ParamSpec("P")
R = TypeVar("R")
WRONG = 422
"""A form that cannot be accepted as it is."""


def unkept(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let no browser keep the page, nor tell its address: it is about passwords and tokens."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return run


def too_many(wait: timedelta) -> str:
    """The sentence for somebody who has to wait."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return (
        _("That were too many tries for now.")
        + " "
        + ngettext("Please try again in %(num)s minute.", "Please try again in %(num)s minutes.", minutes)
    )


def waiting(page: str, wait: timedelta) -> Response:
    """A page that says to wait, and says it to programs as well."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def with_password(
    template: str,
    form: AccountForm,
    act: Callable[[], R],
    then: Callable[[R], ResponseReturnValue],
    **context: Any,
) -> ResponseReturnValue:
    """A form that asks for the password again: show it, or `act`, and answer with `then(result)`."""

    def page(problem: str = "") -> str:
        return render_template(template, form=form, problem=problem, **context)

    if not form.is_submitted():
        return page()
    if not form.validate():
        return page(), WRONG
    try:
        result = act()
    except actions.TooManyTries as refused:
        return waiting(page(too_many(refused.wait)), refused.wait)
    except actions.WrongPassword:
        form.object_to(actions.Objection("password", _("That is not your present password.")))
        return page(), WRONG
    except actions.Objection as objection:
        form.object_to(objection)
        return page(), WRONG
    return then(result)
