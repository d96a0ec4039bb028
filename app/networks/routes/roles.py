"""A role that somebody chose themselves: confirmed with one tap."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm
from app.networks.routes.blueprint import bp, hub, to


@bp.post("/n/<network>/settings/people/<int:member_id>/role/<role>/confirm")
@closed("says what somebody is in school")
def confirm_role(network: str, member_id: int, role: str) -> ResponseReturnValue:
    """They are that: groups that follow the role open to them."""
    here = hub()
    member = queries.member_of(here, member_id)
    if NoFieldsForm().validate_on_submit() and actions.confirm_role(here, member, role):
        flash(_("Thank you. The groups for this role are open to %(name)s now.", name=member.name), "success")
    else:
        flash(_("This was settled in the meantime."), "info")
    return to("people", here.network)
