"""Needed by Friday: the list, asking, a request's own page, and answering it with a resource."""

import re
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import REPLIES, problem_of
from app.contributions.models import Contribution
from app.contributions.policy import what_can
from app.contributions.queries import mine, replies_of
from app.contributions.queries.cards import card_rows
from app.contributions.queries.replies import grouped
from app.contributions.routes.answers import address_of, position_asked
from app.core import streams
from app.core.access import NotFound, current_viewer
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.core.limits import limited
from app.library import actions
from app.library.forms import RequestForm
from app.library.policy import can_answer_request, is_author
from app.library.queries import answers_to, get_resource, needed, resources_by
from app.library.routes import bp
from app.library.routes.adding import choose_space
from app.library.routes.shelves import tabs_here
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.models import Space
from app.spaces.queries import get_space


@bp.get("/n/<network>/library/needed")
@door("library")
def needed_now(network: str) -> str:
    """What colleagues look for."""
    return render_template(
        "library/needed.html", rows=needed(current_viewer()), tabs=tabs_here(network, "needed")
    )


@bp.get("/n/<network>/library/ask")
@closed("an empty form")
def ask(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    insist(viewer.may_write)
    return _form_page(viewer, RequestForm())


def _form_page(
    viewer: Member, form: RequestForm, status: int = 200, wanted: Space | None = None
) -> ResponseReturnValue:
    return render_template("library/ask.html", form=form, **choose_space(viewer, form, wanted)), status


@bp.post("/n/<network>/library/ask")
@limited("20/minute;100/hour")
@closed("answers with the address of what the viewer just asked")
def ask_for(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    insist(viewer.may_write)
    form = RequestForm()
    if not form.validate():
        return _form_page(viewer, form, 422)
    key = request.form.get("key", "")
    try:
        made = actions.ask_for(
            viewer,
            get_space(viewer, form.space.data or 0),
            title=form.title.data or "",
            html=form.clean,
            needed_by=form.needed_by.data,
            grades=form.grades.mask,
            stays=request.form.get("stays") == "1",
            key=key if is_key(key) else None,
        )
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return _form_page(viewer, form, problem.status)
    flash(_("Asked. Whoever has something can answer with it."), "good")
    return redirect(address_of(viewer, made), 303)


@kinds.lays_out("request")
def request_page(viewer: Member, root: Contribution) -> ResponseReturnValue:
    """The request, what it was answered with, and the replies."""
    stream = f"contribution:{root.id}"
    seq = streams.seqs([stream])[stream]
    shown = replies_of(viewer, root, before=position_asked("before"), after=position_asked("after"))
    return render_template(
        "library/request.html",
        root=root,
        post=card_rows([root.id])[0],
        kind=kinds.get(root.kind),
        can=what_can(viewer, root),
        answers=answers_to(viewer, root) if root.state == "published" else [],
        replies=grouped(shown.rows),
        shown=shown,
        mine=mine(viewer, [root.id, *(row.id for row in shown.rows)]).as_json(),
        answer_to=position_asked("answer"),
        streams={stream: seq},
        **_may(viewer, root),
    )


def _may(viewer: Member, root: Contribution) -> dict[str, Any]:
    may = can_answer_request(viewer, root)
    own = resources_by(viewer) if may else []
    return {
        "may_answer": may,
        "may_close": root.state == "published" and is_author(viewer, root),
        "own_choices": [("", _("Choose one")), *((one.id, one.title) for one in own)],
    }


@bp.post("/n/<network>/c/<int:contribution_id>/answer-request")
@limited(REPLIES, shared="replies")
@door("resource")
def answer_request(network: str, contribution_id: int) -> ResponseReturnValue:
    """`resource` is an id, `link` the address of one."""
    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    named = re.search(
        r"(?:/c/|^)(\d{1,17})\b", request.form.get("link", "") or request.form.get("resource", "")
    )
    try:
        resource, _body = get_resource(viewer, int(named[1]) if named else 0)
    except NotFound:
        flash(_("We do not find a resource there. Copy its address from its page."), "problem")
        return request_page(viewer, found), 422
    reply = actions.answer_request(viewer, found, resource)
    flash(_("Thank you. They are told right away."), "good")
    return redirect(address_of(viewer, reply), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/met")
@limited("30/minute")
@door("resource")
def met(network: str, contribution_id: int) -> ResponseReturnValue:
    """Its author has found something (`on=1`), or still looks."""
    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    actions.say_met(viewer, found, met=request.form.get("on") == "1")
    return redirect(address_of(viewer, found), 303)
