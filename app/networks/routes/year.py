"""The yearly table: one form for everyone, saved at once.

`step=look` shows what would change and writes nothing; `step=save` saves the same table.
"""

from dataclasses import dataclass

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from app.core.access import Forbidden
from app.core.doors import closed
from app.core.numbers import whole
from app.networks import actions, policy, queries
from app.networks.actions.year import Overtaken
from app.networks.forms.fields import role_choices, site_choices
from app.networks.forms.members import NoFieldsForm
from app.networks.models import GRADES, ROLES, Member, grade_bit
from app.networks.routes.blueprint import WRONG, bp, hub, number, to


@dataclass(frozen=True)
class Row:
    """A member beside what the table says of them."""

    member: Member
    line: actions.YearLine
    may_leave: bool

    @property
    def changes(self) -> bool:
        now = (self.member.role, self.member.site_id, self.member.grades)
        return self.line.leaves or now != (self.line.role, self.line.site_id, self.line.grades)


@bp.route("/n/<network>/settings/year/", methods=["GET", "POST"])
@closed("names and places")
def year(network: str) -> ResponseReturnValue:
    """Who stays, moves or leaves."""
    here, form = hub(), NoFieldsForm()
    found = queries.everyone(here, number("school"))
    rows = [_row(here, member) for member in found[: queries.MOST_AT_ONCE]]
    if not form.validate_on_submit():
        return _page(here, form, rows), WRONG if form.is_submitted() else 200
    if request.form.get("step") != "save":
        return _page(here, form, rows, looked=True)
    try:
        stay, leave = actions.settle_year(
            here, here.network, [row.line for row in rows if _posted(row.member)]
        )
    except actions.LastDirector:
        return _page(here, form, rows, problem=_("A network keeps at least one director.")), WRONG
    except Overtaken:
        return _page(
            here, form, rows, problem=_("Somebody left in the meantime. Please look once more.")
        ), 409
    except Forbidden:
        return _page(here, form, rows, problem=_("Only a director can end a director's membership.")), WRONG
    flash(
        ngettext("%(num)s person stays", "%(num)s people stay", stay)
        + ", "
        + ngettext("%(num)s leaves.", "%(num)s leave.", leave),
        "success",
    )
    return to("year", here.network, school=number("school"))


def _posted(member: Member) -> bool:
    return f"role-{member.id}" in request.form


def _row(here: Member, member: Member) -> Row:
    if request.method == "POST" and _posted(member):
        line = _read(member)
    else:
        line = actions.YearLine(member.id, False, member.role, member.site_id, member.grades)
    return Row(member, line, policy.can_end_membership(here, member))


def _read(member: Member) -> actions.YearLine:
    """One member's line of the form. Raises BadRequest for what no browser sends."""
    role, site = request.form.get(f"role-{member.id}", ""), request.form.get(f"site-{member.id}", "")
    grades = set(request.form.getlist(f"grades-{member.id}"))
    known = {str(grade) for grade in GRADES}
    if (role and role not in ROLES) or not grades <= known or (site and whole(site) is None):
        raise BadRequest
    return actions.YearLine(
        member_id=member.id,
        leaves=request.form.get(f"stays-{member.id}") == "no",
        role=role or None,
        site_id=whole(site),
        grades=sum(grade_bit(int(grade)) for grade in grades),
    )


def _page(
    here: Member, form: NoFieldsForm, rows: list[Row], *, looked: bool = False, problem: str = ""
) -> str:
    return render_template(
        "networks/settings/year.html",
        form=form,
        rows=rows,
        changed=[row for row in rows if row.changes] if looked else [],
        looked=looked,
        problem=problem,
        roles=role_choices(_("No role")),
        sites=site_choices(here.network, _("No school")),
        school=number("school"),
        full=len(rows) == queries.MOST_AT_ONCE,
        grades=GRADES,
    )
