"""Needed by Friday: the list, asking, a request's own page, saying it differently, closing it."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.editing import edit_mark
from app.contributions.models import Contribution
from app.contributions.policy import can_edit, require, what_can
from app.contributions.queries import mine, replies_of
from app.contributions.queries.cards import card_rows
from app.contributions.queries.replies import grouped
from app.contributions.routes.answers import address_of, position_asked
from app.contributions.routes.saving import save_edited
from app.core import streams
from app.core.access import current_viewer
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.core.limits import limited
from app.library import actions
from app.library.forms import RequestForm
from app.library.policy import is_author
from app.library.queries import answers_to, needed, needs_too
from app.library.routes import bp
from app.library.routes.adding import choose_space
from app.library.routes.answering import answering
from app.library.routes.answers import key_sent, refused, refused_for, thanked
from app.library.routes.shelves import tabs_here
from app.networks.forms.fields import Grades
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.models import Space
from app.spaces.queries import get_space


@bp.get("/n/<network>/library/needed")
@door("library")
def needed_now(network: str) -> str:
    """What colleagues look for."""
    viewer = current_viewer()
    rows = needed(viewer)
    return render_template(
        "library/needed.html",
        rows=rows,
        mine=needs_too(viewer, [row.id for row in rows]),
        tabs=tabs_here(network, "needed"),
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
    key = request.form.get("key") or secrets.token_urlsafe(16)
    page = render_template("library/ask.html", form=form, key=key, **choose_space(viewer, form, wanted))
    return page, status


@bp.post("/n/<network>/library/ask")
@limited("20/minute;100/hour")
@closed("answers with the address of what the viewer just asked")
def ask_for(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    insist(viewer.may_write)
    form = RequestForm()

    def again(status: int) -> ResponseReturnValue:
        return _form_page(viewer, form, status)

    if not form.validate():
        return refused(form, again)
    try:
        made = actions.ask_for(
            viewer,
            get_space(viewer, form.space.data or 0),
            title=form.title.data or "",
            html=form.clean,
            needed_by=form.needed_by.data,
            grades=form.grades.mask,
            stays=request.form.get("stays") == "1",
            key=key_sent(),
        )
    except Exception as error:
        return refused_for(error, form, again)
    return thanked(viewer, made, _("Asked. Whoever has something can answer with it."))


@kinds.lays_out("request")
def request_page(viewer: Member, root: Contribution) -> ResponseReturnValue:
    """The request, what it was answered with, the ways to answer it, and the replies."""
    return page_with(viewer, root)


def page_with(viewer: Member, root: Contribution, problem: str = "") -> str:
    """The same; `problem` says why an answer was none."""
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
        may_close=root.state == "published" and is_author(viewer, root),
        problem=problem,
        **answering(viewer, root),
    )


@bp.post("/n/<network>/c/<int:contribution_id>/met")
@limited("30/minute")
@door("resource")
def met(network: str, contribution_id: int) -> ResponseReturnValue:
    """Its author has found something (`on=1`), or still looks."""
    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    on = request.form.get("on") == "1"
    actions.say_met(viewer, found, met=on)
    closed_now = _("Closed. Who needs it too is told. You can open it again at any time.")
    flash(closed_now if on else _("Open again. Colleagues see that you still look for it."), "thanks")
    return redirect(address_of(viewer, found), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/need")
@limited("60/minute")
@door("resource")
def need(network: str, contribution_id: int) -> ResponseReturnValue:
    """ "I need this too"; with `on=0` not any more."""
    viewer = current_viewer()
    found, _row = actions.get_request(viewer, contribution_id)
    on = request.form.get("on") != "0"
    actions.need_too(viewer, found, on=on)
    told = _("You will be told when somebody answers with something.")
    flash(told if on else _("You are not told of it any more."), "thanks")
    return redirect(address_of(viewer, found), 303)


@bp.get("/n/<network>/c/<int:contribution_id>/edit-request")
@door("edit")
def edit_request(network: str, contribution_id: int) -> ResponseReturnValue:
    """Its title, its words, its day."""
    viewer = current_viewer()
    found, row = actions.get_request(viewer, contribution_id)
    require(can_edit(viewer, found))
    said = {"title": found.title, "body": found.html, "needed_by": row.needed_by}
    form = RequestForm(data=said | {"grades": Grades.from_mask(found.grades)})
    return _edit_page(found, form, edit_mark(found))


def _edit_page(
    found: Contribution, form: RequestForm, seen: str, status: int = 200, **more: Any
) -> ResponseReturnValue:
    return render_template("library/edit_request.html", it=found, form=form, seen=seen, **more), status


@bp.post("/n/<network>/c/<int:contribution_id>/edit-request")
@limited("60/minute")
@door("edit")
def save_request(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, row = actions.get_request(viewer, contribution_id)
    require(can_edit(viewer, found))
    form = RequestForm()
    form.known_day = row.needed_by
    return save_edited(
        viewer,
        found,
        form,
        _edit_page,
        lambda seen: actions.edit_request(
            viewer,
            found,
            title=form.title.data or "",
            html=form.clean,
            needed_by=form.needed_by.data,
            grades=form.grades.mask,
            seen=seen,
        ),
    )
