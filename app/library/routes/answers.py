"""How the library's forms answer: JSON for the page's script, a page for a plain form; the thanks come on the
next page in both."""

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.routes.answers import address_of, wants_json
from app.networks.models import Member

Page = Callable[[int], ResponseReturnValue]


def key_sent() -> str | None:
    """The name of this posting: the script's, which stays over a reload, or the form's own."""
    key = request.headers.get("Idempotency-Key") or request.form.get("key") or ""
    return key if is_key(key) else None


def refused(form: Any, page: Page, sentence: str = "", status: int = 422) -> ResponseReturnValue:
    """`{error, fields}`, or the page again with what was typed."""
    if wants_json():
        fields = {name: [str(error) for error in found] for name, found in form.errors.items()}
        first = next((found[0] for found in fields.values()), "")
        return jsonify(error=sentence or first, fields=fields), status
    if sentence:
        flash(sentence, "problem")
    return page(status)


def refused_for(error: Exception, form: Any, page: Page) -> ResponseReturnValue:
    """The same for what went wrong while it was saved. Raises `error` itself, a bug."""
    problem = problem_of(error)
    return refused(form, page, problem.sentence, problem.status)


def thanked(viewer: Member, made: Contribution, words: str) -> ResponseReturnValue:
    """On to the page of `made`, which begins with the thanks."""
    flash(words, "thanks")
    address = address_of(viewer, made)
    if wants_json():
        return jsonify(id=made.id, address=address)
    return redirect(address, 303)
