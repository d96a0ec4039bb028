"""How an act answers: JSON for the page's script, a way back for a plain form."""

from typing import Any

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from app.contributions.models import Contribution
from app.contributions.queries.replies import ON_A_PAGE
from app.core.addresses import path_for
from app.core.kinds import kinds
from app.core.numbers import INTEGER, whole
from app.networks.models import Member

ABOVE = 10
"""Replies shown before the one that an address leads to."""


def wants_json() -> bool:
    """Whether the page's own script asks."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def position_asked(name: str) -> int | None:
    """A reply's position from the address, None for anything else."""
    return whole(request.args.get(name, ""), most=INTEGER)


def address_of(viewer: Member, contribution: Contribution) -> str:
    """Where a contribution is read: a reply on its root's page."""
    root_id = contribution.root_id or contribution.id
    page = path_for("contributions.page", network=viewer.network.slug, contribution_id=root_id)
    if contribution.root is None:
        return page
    return f"{page}{_from_position(contribution, contribution.root)}#reply-{contribution.id}"


def _from_position(reply: Contribution, root: Contribution) -> str:
    """A reply that is not among the newest is shown with those around it."""
    position = reply.position or 0
    if kinds.is_flat(root.kind):
        return f"?at={position}"
    return f"?after={max(0, position - ABOVE)}" if root.reply_seq - position >= ON_A_PAGE else ""


def answer(viewer: Member, contribution: Contribution, **said: Any) -> ResponseReturnValue:
    """`{ok, id, …}` for the script; a form goes back to the contribution."""
    if wants_json():
        return jsonify(ok=True, id=contribution.id, **said)
    return redirect(address_of(viewer, contribution), 303)


def refuse(sentence: str, status: int = 422, **said: Any) -> ResponseReturnValue:
    """`{error}` with a sentence that says what happened and what was kept."""
    return jsonify(error=str(sentence), **said), status
