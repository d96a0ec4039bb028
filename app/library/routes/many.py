"""Several files, or an archive of them: each becomes a resource of its own, by a table to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from app.contributions.actions.replying import problem_of
from app.contributions.routes.answers import refuse
from app.contributions.routes.uploads import upload
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.files import Refused, StorageFull, files
from app.core.files.unpacking import Unpacked, is_archive, unpacked
from app.core.limits import limited
from app.core.security import body_limit
from app.library import actions
from app.library.actions import Said
from app.library.forms import ManyForm, RowForm
from app.library.forms.many import space_pairs
from app.library.queries import default_licence, guess, spaces_to_fill, standards_said
from app.library.routes import bp
from app.library.routes.adding import choose_space
from app.networks.forms.fields import Grades
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.queries import get_space
from app.standards.models import Standard

MANY = 30
"""Files in one table."""


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    form: RowForm
    offered: Sequence[Standard]
    waiting: bool


@bp.get("/n/<network>/library/many")
@closed("an empty form")
def many(network: str) -> ResponseReturnValue:
    """Several files, each a resource of its own."""
    viewer = current_viewer()
    insist(viewer.may_write)
    return _page(viewer, _for_all(viewer), [])


def _for_all(viewer: Member) -> ManyForm:
    usual = {"licence": default_licence(viewer), "grades": Grades.from_mask(viewer.grades)}
    return ManyForm(formdata=request.form if "filled" in request.form else None, data=usual)


def _page(viewer: Member, form: ManyForm, rows: Sequence[Row], status: int = 200) -> ResponseReturnValue:
    frame = choose_space(viewer, form, None)
    return render_template("library/many.html", form=form, rows=rows, most=MANY, **frame), status


def _rows(viewer: Member, *, filled: bool) -> list[Row]:
    """A row for each fresh upload, with what was typed for it or what its name says."""
    keys = list(dict.fromkeys(request.form.getlist("file_keys")))[:MANY]
    spaces = space_pairs(spaces_to_fill(viewer), _("The whole network"))
    rows = []
    for key, name in actions.names_of(viewer, keys).items():
        found = guess("", [name])
        data: dict[str, Any] = {"title": found.title, "what": found.what, "minutes": found.minutes}
        data["grades"] = Grades.from_mask(found.grades)
        form = RowForm(key, spaces, formdata=request.form if filled else None, data=data)
        offered, waiting = standards_said(viewer, "", [name], [key])
        rows.append(Row(key, name, form, offered, waiting))
    return rows


@bp.post("/n/<network>/library/many")
@limited("20/minute;100/hour")
@closed("answers with what the viewer just sent")
def add_many(network: str) -> ResponseReturnValue:
    """First the keys alone: the table. Then the filled table (`filled`): the resources."""
    viewer = current_viewer()
    insist(viewer.may_write)
    filled = "filled" in request.form
    form, rows = _for_all(viewer), _rows(viewer, filled=filled)
    if not rows:
        flash(_("Drop a few files first."), "problem")
        return _page(viewer, form, [], 422)
    if not filled:
        return _page(viewer, form, rows)
    if not all([form.validate(), *(row.form.validate() for row in rows)]):
        flash(_("Something is still missing; it is marked below. Everything else is kept."), "problem")
        return _page(viewer, form, rows, 422)
    try:
        wanted = [(row.form.space.number or form.space.data or 0, _said(viewer, form, row)) for row in rows]
        pieces = [
            (get_space(viewer, number), said, row.key)
            for (number, said), row in zip(wanted, rows, strict=True)
        ]
        made = actions.add_many(viewer, pieces, stays=request.form.get("stays") == "1")
    except NotFound:
        flash(_("One of the files is not here any more. Please add it again."), "problem")
        return _page(viewer, form, rows, 404)
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return _page(viewer, form, rows, problem.status)
    flash(_("%(count)s resources are in the library now.", count=len(made)), "good")
    return redirect(url_for("library.index", network=network), 303)


def _said(viewer: Member, form: ManyForm, row: Row) -> Said:
    """What the row says, and where it says nothing, what is said for all."""
    own = row.form
    body = {
        "what": own.what.data,
        "form": "file",
        "subject": form.subject.data or "",
        "minutes": own.minutes.data,
        "needs": "",
        "language": form.language.data,
        "licence": own.licence.data or form.licence.data,
        "authors": viewer.name,
        "tags": [],
        "link_url": "",
    }
    picks = {pick.standard.id: pick for pick in [*(form.standards.picks or ()), *(own.standards.picks or ())]}
    grades = own.grades.mask or form.grades.mask
    raw = {name: entry.data for name, entry in own._fields.items()}
    return Said(own.title.data or "", "", body, grades, None, raw, list(picks.values()))


@bp.post("/n/<network>/library/unpack")
@body_limit()
@limited("120/minute")
@closed("answers with what the viewer just sent")
def unpack(network: str) -> ResponseReturnValue:
    """One file in `file`, as any upload; of an archive `{unpacked: [{key, name}],
    refused: [{name, reason}]}`."""
    viewer, given = current_viewer(), request.files.get("file")
    insist(viewer.may_write)
    if given is None or not is_archive(cast(BinaryIO, given.stream), given.filename or ""):
        return upload(network)
    most = int(current_app.config["MAX_UPLOAD_BYTES"])
    try:
        with unpacked(cast(BinaryIO, given.stream), most_files=MANY, most_each=most) as found:
            return _kept(viewer, found)
    except StorageFull as error:
        return refuse(str(error), 507)
    except Refused as error:
        return refuse(str(error), 422)


def _kept(viewer: Member, found: Unpacked) -> ResponseReturnValue:
    """Each file is looked at as if it had come alone."""
    kept, refused = [], list(found.refused)
    for name, place in found.taken:
        with place.open("rb") as source:
            sent = FileStorage(source, filename=name)
            try:
                stored = files.receive(
                    sent, scope="contribution", network_id=viewer.network_id, uploader_id=viewer.id
                )
            except StorageFull:
                raise
            except Refused as error:
                refused.append((name, str(error)))
            else:
                kept.append({"key": stored.key, "name": stored.name})
    return jsonify(unpacked=kept, refused=[{"name": name, "reason": reason} for name, reason in refused])
