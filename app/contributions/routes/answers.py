"""How an act answers: JSON for the page's script, a way back for a plain form."""

from typing import Any

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.contributions.models import Contribution
from app.core.addresses import path_for
from app.networks.models import Member


def wants_json() -> bool:
    """Whether the page's own script asks."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def address_of(viewer: Member, contribution: Contribution) -> str:
    """Where a contribution is read: a reply on its root's page."""
    root_id = contribution.root_id or contribution.id
    page = path_for("contributions.page", network=viewer.network.slug, contribution_id=root_id)
    return f"{page}#reply-{contribution.id}" if contribution.root_id else page


def answer(viewer: Member, contribution: Contribution, **said: Any) -> ResponseReturnValue:
    """`{ok, id, …}` for the script; a form goes back to the contribution."""
    if wants_json():
        return jsonify(ok=True, id=contribution.id, **said)
    return redirect(address_of(viewer, contribution), 303)


def refuse(sentence: str, status: int = 422, **said: Any) -> ResponseReturnValue:
    """`{error}` with a sentence that says what happened and what was kept."""
    return jsonify(error=str(sentence), **said), status
