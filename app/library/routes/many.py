"""Several files, or an archive of them: each becomes a resource of its own, by a table to fill in.

The table is a draft (`actions.tables`): a page that is loaded again shows it as it was left, with and without
scripts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.contributions.actions import StaleDraft
from app.contributions.actions.replying import problem_of
from app.contributions.actions.sending import FIELD as DRAFT_FIELD
from app.contributions.actions.sending import named_sequence
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.files import StorageFull
from app.core.limits import limited
from app.core.security import body_limit
from app.library import actions
from app.library.actions import MANY, Said
from app.library.forms import ManyForm, RowForm
from app.library.forms.many import space_pairs
from app.library.queries import default_licence, guess, spaces_to_fill, standards_said
from app.library.routes import bp
from app.library.routes.adding import choose_space
from app.library.routes.unpacking import receive_all
from app.networks.forms.fields import Grades
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.queries import get_space
from app.standards.models import Standard

Given = MultiDict[str, str]
"""The table's fields, as they were sent or kept."""


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    form: RowForm
    offered: Sequence[Standard]
    waiting: bool


@bp.get("/n/<network>/library/many")
@closed("the viewer's own unsaid words")
def many(network: str) -> ResponseReturnValue:
    """The table that waits to be filled in, else where to drop files."""
    viewer = current_viewer()
    insist(viewer.may_write)
    fields, sequence = actions.table_of(viewer)
    given: Given = MultiDict(fields)
    rows = _rows(viewer, given)
    missing = len(set(given.getlist("file_keys"))) - len(rows)
    if missing and rows:
        words = ngettext(
            "One file is not here any more: what nobody used goes after a day.",
            "%(num)s files are not here any more: what nobody used goes after a day.",
            missing,
        )
        flash(words, "problem")
    return _page(viewer, given, rows, sequence)


def _for_all(viewer: Member, given: Given) -> ManyForm:
    usual = {"licence": default_licence(viewer), "grades": Grades.from_mask(viewer.grades)}
    return ManyForm(formdata=given if "filled" in given else None, data=usual)


def _page(
    viewer: Member, given: Given, rows: Sequence[Row], sequence: int, status: int = 200, **more: Any
) -> ResponseReturnValue:
    form = more.pop("form", None) or _for_all(viewer, given)
    frame = choose_space(viewer, form, None)
    frame |= {"stays": given.get("stays") == "1", "sequence": sequence, "most": MANY}
    return render_template("library/many.html", form=form, rows=rows, **frame), status


def _rows(viewer: Member, given: Given) -> list[Row]:
    """A row for each fresh upload, with what was typed for it or what its name says."""
    keys = list(dict.fromkeys(given.getlist("file_keys")))[:MANY]
    spaces = space_pairs(spaces_to_fill(viewer), _("The whole network"))
    rows = []
    for key, name in actions.names_of(viewer, keys).items():
        found = guess("", [name])
        data: dict[str, Any] = {"title": found.title, "what": found.what, "minutes": found.minutes}
        data["grades"] = Grades.from_mask(found.grades)
        form = RowForm(key, spaces, formdata=given if f"{key}.title" in given else None, data=data)
        offered, waiting = standards_said(viewer, "", [name], [key])
        rows.append(Row(key, name, form, offered, waiting))
    return rows


@bp.post("/n/<network>/library/many")
@body_limit()
@limited("20/minute;100/hour")
@closed("answers with what the viewer just sent")
def add_many(network: str) -> ResponseReturnValue:
    """First keys, or the files themselves: the table. Then the filled table (`filled`): the resources. `over`
    puts the table away."""
    viewer = current_viewer()
    insist(viewer.may_write)
    if "over" in request.form:
        actions.drop_table(viewer)
        if actions.table_of(viewer)[1]:
            flash(_("The table was changed elsewhere meanwhile. Here is how it stands now."), "problem")
        return redirect(url_for("library.many", network=network), 303)
    return _add_all(viewer) if "filled" in request.form else _begin(viewer)


def _begin(viewer: Member) -> ResponseReturnValue:
    keys = request.form.getlist("file_keys")
    try:
        kept, refused = receive_all(viewer, request.files.getlist("files"))
    except StorageFull as error:
        flash(str(error.description), "problem")
        return _page(viewer, MultiDict(), [], 0, 507)
    for name, reason in refused:
        flash(f"{name}: {reason}", "problem")
    keys += [each["key"] for each in kept]
    if not actions.names_of(viewer, keys):
        if not refused:
            flash(_("Drop a few files first."), "problem")
        return _page(viewer, MultiDict(), [], 0, 422)
    try:
        left_over = actions.begin_table(viewer, keys)
    except ValueError:
        flash(_("You have more drafts than we can keep. Please post one of them, or put it away."), "problem")
        return _page(viewer, MultiDict(), [], 0, 413)
    if left_over:
        flash(_("At most %(most)s files fit into one table.", most=MANY), "problem")
    return redirect(url_for("library.many", network=viewer.network.slug), 303)


def _add_all(viewer: Member) -> ResponseReturnValue:
    given: Given = request.form
    form, rows = _for_all(viewer, given), _rows(viewer, given)
    if not rows:
        flash(_("Drop a few files first."), "problem")
        return _page(viewer, MultiDict(), [], 0, 422)
    if not all([form.validate(), *(row.form.validate() for row in rows)]):
        words = _("Something is still missing; it is marked below. Everything else is kept.")
        return _kept(viewer, form, rows, words, 422)
    try:
        wanted = [(row.form.space.number or form.space.data or 0, _said(viewer, form, row)) for row in rows]
        pieces = [
            (get_space(viewer, number), said, row.key)
            for (number, said), row in zip(wanted, rows, strict=True)
        ]
        made = actions.add_many(viewer, pieces, stays=given.get("stays") == "1")
    except NotFound:
        return _kept(
            viewer, form, rows, _("One of the files is not here any more. Please add it again."), 404
        )
    except Exception as error:
        problem = problem_of(error)
        return _kept(viewer, form, rows, problem.sentence, problem.status)
    flash(_("%(count)s resources are in the library now.", count=len(made)), "good")
    return redirect(url_for("library.index", network=viewer.network.slug), 303)


def _kept(
    viewer: Member, form: ManyForm, rows: Sequence[Row], words: str, status: int
) -> ResponseReturnValue:
    """The table again with what was typed, which is there after a reload too."""
    fields = request.form.to_dict(flat=False)
    for name in ("csrf_token", DRAFT_FIELD):
        fields.pop(name, None)
    sequence = None
    try:
        actions.keep_table(viewer, fields)
    except StaleDraft:
        sequence = named_sequence(actions.TABLE, "") or 0
        words = f"{words} {_('A newer version of this table was saved elsewhere, and is kept.')}"
    except ValueError:
        words = f"{words} {_('There is too much in it to keep it beyond this page.')}"
    flash(words, "problem")
    number = actions.table_of(viewer)[1] if sequence is None else sequence
    return _page(viewer, request.form, rows, number, status, form=form)


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
