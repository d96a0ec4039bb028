"""Blocking somebody from their profile, and the list of those whom one blocked."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.doors import closed
from app.core.limits import limited
from app.networks import actions, queries
from app.networks.forms.members import NoFieldsForm
from app.networks.routes.blueprint import bp, to, viewer

navigation.add("avatar", "networks.blocked", _l("People you blocked"), "eye-off", order=32)


@bp.get("/n/<network>/profile/blocked")
@closed("the names of those whom one blocked oneself")
def blocked(network: str) -> str:
    return render_template("networks/blocked.html", people=queries.blocked_by(viewer()))


@bp.post("/n/<network>/members/<int:member_id>/block")
@closed("changes what one hears")
@limited("60/hour")
def block(network: str, member_id: int) -> ResponseReturnValue:
    """Nobody but the viewer learns of it."""
    here = viewer()
    member = queries.member_of(here, member_id)
    if NoFieldsForm().validate_on_submit():
        actions.block(here, member)
        flash(_("Done. %(name)s is not told. You can take it back at any time.", name=member.name), "success")
    return to("profile", here.network, member_id=member.id)


@bp.post("/n/<network>/members/<int:member_id>/unblock")
@closed("changes what one hears")
@limited("60/hour")
def unblock(network: str, member_id: int) -> ResponseReturnValue:
    """Also for somebody who has left: it is the viewer's own list."""
    here = viewer()
    if NoFieldsForm().validate_on_submit():
        actions.unblock(here, member_id)
        flash(_("Taken back. You hear of each other again."), "success")
    return to("blocked", here.network)
