"""Answering a request: a resource is looked for where the request stands, picked, and sent.

It works by links and forms; with the script, what fits comes as one types.
"""

import re
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import REPLIES
from app.contributions.models import Contribution
from app.core.access import NotFound, current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.core.numbers import whole
from app.library import actions
from app.library.policy import can_answer_request, can_need_too, may_go_to
from app.library.queries import fitting, get_resource, needs_too, rows_of, shown_beside
from app.library.routes import bp
from app.library.routes.answers import thanked
from app.networks.models import Member

OWN = 5


def answering(viewer: Member, root: Contribution) -> dict[str, Any]:
    """For the page of a request: `?q=` looks for something, `?with=` has picked it."""
    may = can_answer_request(viewer, root)
    typed = request.args.get("q", "").strip()[:200]
    found = fitting(viewer, root, typed, OWN if not typed else 20) if may else []
    picked = _picked(viewer, root) if may else []
    return {
        "may_answer": may,
        "may_need": can_need_too(viewer, root),
        "needs": root.id in needs_too(viewer, [root.id]),
        "typed": typed,
        "found": found,
        "picked": picked,
        "pasted": request.form.get("link", ""),
        **shown_beside([*found, *picked]),
    }


def _picked(viewer: Member, root: Contribution) -> Any:
    number = whole(request.args.get("with", ""))
    if number is None:
        return []
    try:
        found, _body = get_resource(viewer, number)
    except NotFound:
        return []
    return rows_of([found.id]) if may_go_to(found, root.space) else []


@bp.get("/n/<network>/c/<int:contribution_id>/fitting")
@limited("300/minute", methods=("GET",))
@door("library")
def fits(network: str, contribution_id: int) -> str:
    """The list under the box: options of a combobox, each a link that picks."""
    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    typed = request.args.get("q", "").strip()[:200]
    rows = fitting(viewer, found, typed) if typed and can_answer_request(viewer, found) else []
    return render_template("library/_fitting.html", rows=rows, root=found)


@bp.post("/n/<network>/c/<int:contribution_id>/answer-request")
@limited(REPLIES, shared="replies")
@door("resource")
def answer_request(network: str, contribution_id: int) -> ResponseReturnValue:
    """`resource` is an id, `link` the address of one."""
    from app.library.routes.requests import page_with

    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    try:
        resource = _named(viewer)
    except NotFound:
        problem = _("We do not find a resource there. Copy its address from its page.")
        return page_with(viewer, found, problem), 422
    if not may_go_to(resource, found.space):
        problem = _("Not everybody who reads this request could open that one. Is there another?")
        return page_with(viewer, found, problem), 422
    actions.answer_request(viewer, found, resource)
    return thanked(viewer, found, _("Thank you. They are told right away."))


def _named(viewer: Member) -> Contribution:
    """Raises NotFound."""
    said = request.form.get("link", "").strip() or request.form.get("resource", "")
    number = re.search(r"(?:/c/|^)(\d{1,17})\b", said)
    found, _body = get_resource(viewer, int(number[1]) if number else 0)
    return found
