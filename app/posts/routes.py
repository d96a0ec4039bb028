"""The composer: a page of its own, the same form inside the feed, and editing."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.contributions.actions.editing import edit_mark
from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.actions.sealing import take_names_out
from app.contributions.models import Contribution
from app.contributions.policy import can_edit, require
from app.contributions.queries import get_contribution, get_root
from app.contributions.queries.cards import cards
from app.contributions.queries.sealed import spaces_to_seal_in
from app.contributions.queries.standards import named_on
from app.contributions.routes.answers import address_of, wants_json
from app.contributions.routes.saving import save_edited
from app.core import text
from app.core.access import NotFound, current_viewer
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.core.limits import limited
from app.core.numbers import whole
from app.networks.models import Driver, Member
from app.posts import actions
from app.posts.forms import FORMS, TITLE_LIMIT, MaterialForm, PostForm
from app.posts.queries import drivers_to_name, first_kind, last_space, spaces_to_share_in, tried_it_of
from app.spaces.models import Space
from app.spaces.queries import audience_of, get_space

bp = Blueprint("posts", __name__, template_folder="templates")


def _form(kind: str, data: Any = None, named: Driver | None = None, **values: Any) -> PostForm:
    if kind not in FORMS:
        raise NotFound
    return FORMS[kind](data, drivers_to_name(current_viewer(), named), **values)


def _asked_space(viewer: Member) -> Space | None:
    """The space that the composer was opened in (`?space=`), where the viewer sees it."""
    number = whole(request.values.get("space", ""))
    if number is None:
        return None
    try:
        return get_space(viewer, number)
    except NotFound:
        return None


def _choose_space(viewer: Member, form: PostForm, kind: str) -> dict[str, Any]:
    asked = _asked_space(viewer)
    spaces = spaces_to_share_in(viewer, asked)
    ids = [space.id for space in spaces]
    if form.space.data is None and asked is not None:
        form.space.data = asked.id
    if form.space.data not in ids:
        remembered = last_space(viewer, kind)
        form.space.data = remembered if remembered in ids else (ids[-1] if ids else None)
    chosen = next((space for space in spaces if space.id == form.space.data), None)
    return {
        "spaces": [(space, _name_of(space)) for space in spaces],
        "audience": audience_of(viewer, chosen) if chosen is not None else None,
        "asked_space": asked,
        "unnamed_in": spaces_to_seal_in(viewer, ids) if kinds.get(kind).can_be_sealed else set(),
    }


def _name_of(space: Any) -> str:
    if space.kind == "commons":
        return _("The whole network")
    if space.follows == "site_teachers":
        return _("Teachers at my school")
    return _("My school") if space.kind == "site" else str(space.name)


@bp.get("/n/<network>/share/")
@closed("leads to the form that matters most")
def share(network: str) -> ResponseReturnValue:
    """Where "Share" on the bottom bar leads."""
    return redirect(url_for("posts.compose", network=network, kind=first_kind(current_viewer())))


@bp.get("/n/<network>/share/<kind>")
@door("compose")
def compose(network: str, kind: str) -> ResponseReturnValue:
    """The form of a kind; `?about=` names what a *tried it* reports on, `?title=` is a first line."""
    viewer = current_viewer()
    require(viewer.may_write)
    form = _form(kind)
    form.title.data = text.line(request.args.get("title", ""))[:TITLE_LIMIT]
    about = _about(viewer)
    return _page(viewer, kind, form, about)


def _about(viewer: Member) -> Contribution | None:
    given = request.values.get("about", "")
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        return None
    return get_root(viewer, int(given))


def _page(
    viewer: Member, kind: str, form: PostForm, about: Contribution | None, status: int = 200
) -> ResponseReturnValue:
    inside = "HX-Request" in request.headers
    page = render_template(
        "posts/_composer.html" if inside else "posts/compose.html",
        kind=kinds.get(kind),
        all_kinds=[kinds.get(name) for name in FORMS],
        form=form,
        about=about,
        action=url_for("posts.post", network=viewer.network.slug, kind=kind),
        **_choose_space(viewer, form, kind),
    )
    return page, status


@bp.post("/n/<network>/share/<kind>")
@limited("30/minute;300/hour")
@door("compose")
def post(network: str, kind: str) -> ResponseReturnValue:
    """Post it: `{id, html}` for the page's script, the new page for a plain form."""
    viewer = current_viewer()
    form = _form(kind, _body())
    file_keys = request.form.getlist("file_keys")
    if isinstance(form, MaterialForm):
        form.has_files = bool(file_keys)
    about = _about(viewer)
    if not form.validate():
        return _refused(viewer, kind, form, about)
    if form.space.data is None:
        return _refused(viewer, kind, form, about, _("Choose who sees this, then post again."))
    key = request.headers.get("Idempotency-Key") or request.form.get("key") or None
    if key is not None and not is_key(key):
        return jsonify(error=_("Something in what was sent could not be read. Please reload the page.")), 400
    try:
        space = get_space(viewer, form.space.data)
        if form.sealed.data:
            take_names_out(viewer, file_keys)
        made = actions.post(
            viewer,
            space,
            kind,
            form,
            file_keys=file_keys,
            file_alts=request.form.getlist("file_alts"),
            about_id=about.id if about else None,
            stays=request.form.get("stays") == "1",
            key=key,
        )
    except Exception as error:
        problem = problem_of(error)
        return _refused(viewer, kind, form, about, problem.sentence, problem.status)
    if wants_json():
        html = cards([(made.id, made.version)])[made.id]
        return jsonify(id=made.id, version=made.version, html=str(html), address=address_of(viewer, made))
    flash(_thanks(held=made.state == "held", sealed=bool(form.sealed.data)), "good")
    return redirect(address_of(viewer, made), 303)


def _thanks(*, held: bool, sealed: bool) -> str:
    if held:
        return _("It is kept. A facilitator reads it before others see it.")
    if sealed:
        return _("It is up, without your name. You find it in your menu under “Without my name”.")
    return _("It is shared. Thank you for letting others learn from it.")


def _body() -> MultiDict[str, str]:
    """The form's fields; the editor names its field `html`, a plain box `body`."""
    given = MultiDict(request.form)
    if given.get("html"):
        given["body"] = given["html"]
    return given


def _refused(
    viewer: Member,
    kind: str,
    form: PostForm,
    about: Contribution | None,
    sentence: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    if wants_json():
        errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
        first = next((found[0] for found in errors.values()), "")
        return jsonify(error=sentence or first, fields=errors), status
    if sentence:
        flash(sentence, "problem")
    return _page(viewer, kind, form, about, status)


@bp.get("/n/<network>/c/<int:contribution_id>/edit-post")
@door("edit")
def edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    require(can_edit(viewer, found) and found.kind in FORMS)
    row = tried_it_of(found)
    values = {name: getattr(row, name) for name in (*actions.PARTS, "outcome")} if row else {}
    if row is not None and row.grade is not None:
        values["grade"] = str(row.grade)
    form = _form(
        found.kind,
        None,
        found.driver,
        title=found.title,
        body=found.html,
        driver=found.driver_id,
        standards=named_on([found.id]).get(found.id, []),
        **values,
    )
    return _edit_page(found, form, edit_mark(found))


def _edit_page(
    found: Contribution, form: PostForm, seen: str, status: int = 200, **more: Any
) -> ResponseReturnValue:
    page = render_template(
        "posts/edit.html", it=found, form=form, seen=seen, kind=kinds.get(found.kind), **more
    )
    return page, status


@bp.post("/n/<network>/c/<int:contribution_id>/edit-post")
@limited("60/minute")
@door("edit")
def save_edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    require(can_edit(viewer, found) and found.kind in FORMS)
    form = _form(found.kind, _body(), found.driver)
    if isinstance(form, MaterialForm):
        form.has_files = bool(found.card.get("files"))
    without = request.form.getlist("without")
    return save_edited(
        viewer,
        found,
        form,
        _edit_page,
        lambda seen: actions.edit_post(viewer, found, form, seen=seen, without=without),
    )
