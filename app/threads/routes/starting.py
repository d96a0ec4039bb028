"""Starting a thread, and saying its opening differently."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.contributions.actions.editing import edit_mark
from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.policy import can_edit, require
from app.contributions.queries import get_root
from app.contributions.queries.cards import cards
from app.contributions.routes.answers import address_of, wants_json
from app.contributions.routes.saving import save_edited
from app.core.access import current_viewer
from app.core.doors import closed, door
from app.core.limits import limited
from app.networks.models import Driver, Member
from app.networks.policy import insist
from app.spaces.models import Space
from app.spaces.queries import audience_of, get_space, get_space_by_slug
from app.threads import actions
from app.threads.forms import ThreadForm
from app.threads.queries import drivers_to_name, spaces_for_threads
from app.threads.routes import bp


@bp.get("/n/<network>/threads/new")
@closed("an empty form")
def new(network: str) -> ResponseReturnValue:
    """The form; `?in=` names the space that it was opened from."""
    viewer = current_viewer()
    insist(viewer.may_write)
    slug = request.args.get("in")
    return _page(
        viewer, ThreadForm(drivers=drivers_to_name(viewer)), get_space_by_slug(viewer, slug) if slug else None
    )


def _page(viewer: Member, form: ThreadForm, wanted: Space | None, status: int = 200) -> ResponseReturnValue:
    spaces = spaces_for_threads(viewer, wanted)
    ids = [space.id for space in spaces]
    if form.space.data not in ids:
        form.space.data = wanted.id if wanted is not None else (ids[0] if ids else None)
    chosen = next((space for space in spaces if space.id == form.space.data), None)
    audience = audience_of(viewer, chosen) if chosen is not None else None
    page = render_template("threads/new.html", form=form, spaces=spaces, audience=audience)
    return page, status


@bp.post("/n/<network>/threads/new")
@limited("30/minute;300/hour")
@closed("answers with the address of what the viewer just began")
def start(network: str) -> ResponseReturnValue:
    """`title`, `html` (or `body` from a plain box), `space`, `file_keys` -> the thread."""
    viewer = current_viewer()
    form = _form(viewer)
    if not form.validate():
        return _refused(viewer, form)
    if form.space.data is None:
        return _refused(viewer, form, _("Choose who sees this, then begin again."))
    key = request.headers.get("Idempotency-Key") or request.form.get("key") or None
    if key is not None and not is_key(key):
        return jsonify(error=_("Something in what was sent could not be read. Please reload the page.")), 400
    try:
        space = get_space(viewer, form.space.data)
        keys, alts = request.form.getlist("file_keys"), request.form.getlist("file_alts")
        stays = request.form.get("stays") == "1"
        made = actions.start_thread(viewer, space, form, file_keys=keys, file_alts=alts, stays=stays, key=key)
    except Exception as error:
        problem = problem_of(error)
        return _refused(viewer, form, problem.sentence, problem.status)
    if wants_json():
        html = str(cards([(made.id, made.version)])[made.id])
        return jsonify(id=made.id, version=made.version, html=html, address=address_of(viewer, made))
    return redirect(address_of(viewer, made), 303)


def _form(viewer: Member, named: Driver | None = None) -> ThreadForm:
    """The form's fields; the editor names its field `html`, a plain box `body`."""
    given = MultiDict(request.form)
    if given.get("html"):
        given["body"] = given["html"]
    form = ThreadForm(given, drivers_to_name(viewer, named))
    form.has_files = bool(request.form.getlist("file_keys"))
    return form


def _refused(viewer: Member, form: ThreadForm, sentence: str = "", status: int = 422) -> ResponseReturnValue:
    if wants_json():
        errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
        first = next((found[0] for found in errors.values()), "")
        return jsonify(error=sentence or first, fields=errors), status
    if sentence:
        flash(sentence, "problem")
    return _page(viewer, form, None, status)


@bp.get("/n/<network>/c/<int:contribution_id>/edit-thread")
@door("edit")
def edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    require(can_edit(viewer, found) and found.kind == actions.KIND)
    values = {"title": found.title, "body": found.html, "driver": found.driver_id}
    return _edit_page(
        found, ThreadForm(None, drivers_to_name(viewer, found.driver), **values), edit_mark(found)
    )


def _edit_page(
    found: Contribution, form: ThreadForm, seen: str, status: int = 200, **more: Any
) -> ResponseReturnValue:
    return render_template("threads/edit.html", it=found, form=form, seen=seen, **more), status


@bp.post("/n/<network>/c/<int:contribution_id>/edit-thread")
@limited("60/minute")
@door("edit")
def save_edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    require(can_edit(viewer, found) and found.kind == actions.KIND)
    form, without = _form(viewer, found.driver), request.form.getlist("without")
    form.has_files = bool(found.card.get("files"))
    return save_edited(
        viewer,
        found,
        form,
        _edit_page,
        lambda seen: actions.edit_thread(viewer, found, form, seen=seen, without=without),
    )
