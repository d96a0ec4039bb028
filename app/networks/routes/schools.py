"""A school that somebody chose themselves: confirmed or refused with one tap."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm
from app.networks.models import Member
from app.networks.routes.blueprint import bp, to, viewer

PLACE = "says where somebody works"


@bp.post("/n/<network>/members/<int:member_id>/school/<int:site_id>/confirm")
@closed(PLACE)
def confirm_site(network: str, member_id: int, site_id: int) -> ResponseReturnValue:
    """They are a colleague there: the school's spaces open to them."""
    here = viewer()
    member = queries.member_of(here, member_id)
    if NoFieldsForm().validate_on_submit() and actions.confirm_site(here, member, site_id):
        flash(
            _("Thank you. %(name)s is with their colleagues now.", name=member.name),
            "success",
        )
        return to("profile", here.network, member_id=member.id)
    return _settled(here, member)


@bp.post("/n/<network>/members/<int:member_id>/school/<int:site_id>/refuse")
@closed(PLACE)
def refuse_site(network: str, member_id: int, site_id: int) -> ResponseReturnValue:
    """They are not there; they can choose another school."""
    here = viewer()
    member = queries.member_of(here, member_id)
    if NoFieldsForm().validate_on_submit() and actions.refuse_site(here, member, site_id):
        flash(_("%(name)s has no school now, and can choose another one.", name=member.name), "success")
        return to("profile", here.network, member_id=member.id)
    return _settled(here, member)


def _settled(here: Member, member: Member) -> ResponseReturnValue:
    flash(_("This was settled in the meantime."), "info")
    return to("profile", here.network, member_id=member.id)
