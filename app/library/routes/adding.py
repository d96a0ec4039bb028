"""Adding to the library: one drop and two fields."""

from collections.abc import Sequence
from typing import Any

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.attaching import FILES_AT_MOST
from app.contributions.actions.once import is_key
from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.routes.answers import address_of, wants_json
from app.core.access import current_viewer
from app.core.doors import closed, door
from app.core.limits import limited
from app.library import actions
from app.library.forms import ResourceForm
from app.library.models.vocabulary import WHATS
from app.library.queries import (
    default_licence,
    drivers_to_name,
    guess,
    guess_with,
    spaces_to_fill,
    standards_said,
    words_in,
)
from app.library.routes import bp
from app.networks.forms.fields import Grades
from app.networks.models import Member, grades_of
from app.networks.policy import insist
from app.spaces.models import Space
from app.spaces.queries import audience_of, get_space, get_space_by_slug
from app.standards.models import name_of


def blank_form(viewer: Member, **more: Any) -> ResourceForm:
    """The form with what the network and the person usually say."""
    usual: dict[str, Any] = {"licence": default_licence(viewer), "authors": viewer.name}
    usual["grades"] = Grades.from_mask(viewer.grades)
    data = {**usual, **more.pop("data", {})}
    return ResourceForm(drivers=drivers_to_name(viewer), data=data, **more)


@bp.get("/n/<network>/library/new")
@door("resource")
def new(network: str) -> ResponseReturnValue:
    """`?in=` names the space that it was opened from."""
    viewer = current_viewer()
    insist(viewer.may_write)
    slug = request.args.get("in")
    return form_page(viewer, blank_form(viewer), get_space_by_slug(viewer, slug) if slug else None)


def form_page(
    viewer: Member,
    form: ResourceForm,
    wanted: Space | None,
    status: int = 200,
    template: str = "new",
    **more: Any,
) -> ResponseReturnValue:
    """The form with where it can go, and who would see it."""
    frame = choose_space(viewer, form, wanted)
    page = render_template(f"library/{template}.html", form=form, asked=_asked_for(viewer), **frame, **more)
    return page, status


def choose_space(viewer: Member, form: Any, wanted: Space | None) -> dict[str, Any]:
    """Where `form` can go; what it says stays where that is possible."""
    spaces = spaces_to_fill(viewer, wanted)
    ids = [space.id for space in spaces]
    if form.space.data not in ids:
        form.space.data = wanted.id if wanted is not None and wanted.id in ids else (ids[0] if ids else None)
    chosen = next((space for space in spaces if space.id == form.space.data), None)
    audience = audience_of(viewer, chosen) if chosen is not None else None
    return {"spaces": spaces, "audience": audience, "wanted": wanted}


@bp.post("/n/<network>/library/new")
@limited("30/minute;300/hour")
@door("resource")
def add(network: str) -> ResponseReturnValue:
    """The form's fields and `file_keys` -> the resource."""
    viewer = current_viewer()
    insist(viewer.may_write)
    keys = request.form.getlist("file_keys")
    form = blank_form(viewer)
    form.has_files = bool(keys)
    if not form.validate():
        return refused(viewer, form)
    key = request.headers.get("Idempotency-Key") or request.form.get("key") or None
    if key is not None and not is_key(key):
        return jsonify(error=_("Something in what was sent could not be read. Please reload the page.")), 400
    try:
        made = _added(viewer, form, keys, key)
    except actions.OutOfSight:
        return refused(
            viewer, form, _("Who asked for it could not open it there. Choose who sees this again.")
        )
    except Exception as error:
        problem = problem_of(error)
        return refused(viewer, form, problem.sentence, problem.status)
    if wants_json():
        return jsonify(id=made.id, version=made.version, address=address_of(viewer, made))
    flash(_("It is in the library. Colleagues find it from now on."), "good")
    return redirect(address_of(viewer, made), 303)


def _asked_for(viewer: Member) -> Contribution | None:
    """The request that `for` names, where the viewer sees it."""
    number = request.values.get("for", "")
    if not number.isascii() or not number.isdigit() or len(number) > 17:
        return None
    return actions.get_request(viewer, int(number))[0]


def _added(viewer: Member, form: ResourceForm, keys: Sequence[str], key: str | None) -> Contribution:
    names = list(actions.names_of(viewer, keys).values())
    return actions.add_resource(
        viewer,
        get_space(viewer, form.space.data or 0),
        actions.said_in(form, viewer, names),
        file_keys=keys,
        file_alts=request.form.getlist("file_alts"),
        stays=request.form.get("stays") == "1",
        key=key,
        answers=_asked_for(viewer),
    )


def refused(
    viewer: Member,
    form: ResourceForm,
    sentence: str = "",
    status: int = 422,
    template: str = "new",
    **more: Any,
) -> ResponseReturnValue:
    """A sentence for the script; for a plain form the page with what was typed."""
    if wants_json():
        errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return jsonify(error=sentence or next((found[0] for found in errors.values()), "")), status
    if sentence:
        flash(sentence, "problem")
    return form_page(viewer, form, None, status, template, **more)


@bp.get("/n/<network>/library/guess")
@limited("120/minute", methods=("GET",))
@closed("answers from what the viewer alone has sent")
def guesses(network: str) -> ResponseReturnValue:
    """`?title=&name=&link=&key=` -> what the form suggests: `{title, what, what_word, grades, own_grades,
    minutes, standards, waiting}`. `key` names fresh uploads; `waiting` says that one of them is still being
    read, `own_grades` that the grades are the file's and not those that the viewer teaches."""
    viewer, asked = current_viewer(), request.args
    names = [name[:200] for name in asked.getlist("name")[:FILES_AT_MOST]]
    title = asked.get("title", "")[:400]
    keys = asked.getlist("key")[:FILES_AT_MOST]
    words, _waiting = words_in(viewer, keys)
    found = guess_with(guess(title, names, asked.get("link", "")[:2000]), words)
    standards, waiting = standards_said(viewer, title, names, keys)
    return jsonify(
        title=found.title,
        what=found.what,
        what_word=str(WHATS[found.what]),
        grades=grades_of(found.grades or viewer.grades),
        own_grades=bool(found.grades),
        minutes=found.minutes,
        standards=[{"id": one.id, "code": one.code, "name": name_of(one)} for one in standards],
        waiting=waiting,
    )
