"""Members as those see them who look after the network: a table, and one member's place."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import sections
from app.core.doors import closed
from app.core.sure import ask_first
from app.networks import actions, policy, queries
from app.networks.forms.members import MemberForm, NoFieldsForm
from app.networks.models import Member
from app.networks.routes.blueprint import WRONG, bp, hub, to
from app.networks.routes.members import filter_choices, filters_asked


@bp.get("/n/<network>/settings/people/")
@closed("names, places and standings")
def people(network: str) -> str:
    """The members as a table, with those who left on demand."""
    here, asked = hub(), filters_asked()
    page = queries.directory(here, asked, request.args.get("after"), size=50)
    kept = {key: value for key, value in request.args.items() if key != "after" and value}
    return render_template(
        "networks/settings/people.html", page=page, filters=asked, kept=kept, **filter_choices(here)
    )


@bp.route("/n/<network>/settings/people/<int:member_id>", methods=["GET", "POST"])
@closed("names, places and standings")
def person(network: str, member_id: int) -> ResponseReturnValue:
    """One member's place; directors also give hub roles here."""
    here = hub()
    member = queries.member_of(here, member_id)
    form = MemberForm(member, is_own=member.id == here.id)
    if not form.is_submitted():
        return _page(here, member, form)
    if not member.may_read or not form.validate_on_submit():
        return _page(here, member, form), WRONG
    try:
        _save(here, member, form)
    except actions.LastDirector:
        form.is_director.errors = [_("A network keeps at least one director.")]
        return _page(here, member, form), WRONG
    flash(_("Saved."), "success")
    return to("people", here.network)


@bp.post("/n/<network>/settings/people/<int:member_id>/end")
@closed("ends a membership")
def end_membership(network: str, member_id: int) -> ResponseReturnValue:
    here = hub()
    member = queries.member_of(here, member_id)
    policy.insist(policy.can_end_membership(here, member))
    asked = ask_first(
        _("End the membership of %(name)s?", name=member.name),
        _("End the membership"),
        more=_("They stop seeing anything of the network at once. What they shared stays, with their name."),
        back=url_for("networks.person", network=network, member_id=member.id),
    )
    if asked:
        return asked
    if NoFieldsForm().validate_on_submit():
        try:
            actions.end_membership(here, member)
            flash(_("%(name)s is a former member now. What they shared stays.", name=member.name), "success")
        except actions.LastDirector:
            flash(_("A network keeps at least one director."), "error")
    return to("people", here.network)


def _save(here: Member, member: Member, form: MemberForm) -> None:
    actions.change_member(
        here,
        member,
        role=form.role.or_none,
        site_id=form.site_id.number,
        grades=form.grades.mask,
        hub=(bool(form.is_facilitator.data), bool(form.is_director.data))
        if policy.can_give_hub_role(here, member)
        else None,
    )


def _page(here: Member, member: Member, form: MemberForm) -> str:
    return render_template(
        "networks/settings/person.html",
        member=member,
        form=form,
        may_give=policy.can_give_hub_role(here, member),
        may_end=policy.can_end_membership(here, member),
        about_break=sections.of("break", here, member),
    )
