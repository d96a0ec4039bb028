"""Saving what was edited in a form of a kind's own: the same for posts, threads, resources and uses."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.editing import Conflict, edit_mark
from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.queries import get_contribution
from app.contributions.queries.cards import card_rows
from app.contributions.routes.answers import address_of
from app.networks.models import Member

Page = Callable[..., ResponseReturnValue]
"""`(contribution, form, seen, status, theirs=...)`: the form with what was typed."""


def save_edited(
    viewer: Member, found: Contribution, form: Any, page: Page, save: Callable[[str | None], object]
) -> ResponseReturnValue:
    """Check `form`, `save(seen)` it, and go to where it stands. Nothing that was typed is lost: what is
    wrong, or was edited meanwhile (`theirs`), is told on the form's own page."""
    seen = request.form.get("seen", "")
    if not form.validate():
        return page(found, form, seen, 422)
    waited = found.state == "held"
    try:
        save(seen or None)
    except Conflict:
        current = get_contribution(viewer, found.id)
        theirs = current if current.root_id else card_rows([current.id])[0]
        return page(current, form, edit_mark(current), 409, theirs=theirs)
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return page(found, form, seen, problem.status)
    flash(_saved(waited, get_contribution(viewer, found.id).state == "held"), "good")
    return redirect(address_of(viewer, found), 303)


def _saved(waited: bool, waits: bool) -> str:
    if waits:
        return (
            _("Saved. A facilitator looks at it once more.")
            if waited
            else _("Saved. A facilitator reads it before others see it.")
        )
    if waited:
        return _("Everybody sees it again. Thank you.")
    return _("Saved. What it said before stays in its history.")
