"""One's own standing: a break, coming back, leaving."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.core.sure import ask_first
from app.networks import actions
from app.networks.forms.members import NoFieldsForm
from app.networks.models import Member
from app.networks.routes.blueprint import bp, to, viewer


@bp.get("/n/<network>/membership")
@closed("one's own standing")
def membership(network: str) -> str:
    """What a break and leaving mean, with a button for each."""
    return render_template("networks/membership.html", member=viewer(), form=NoFieldsForm())


@bp.post("/n/<network>/membership/pause")
@closed("one's own standing")
def pause(network: str) -> ResponseReturnValue:
    return _do(actions.pause, _("Enjoy the break. You can read along, and nobody waits for you."))


@bp.post("/n/<network>/membership/return")
@closed("one's own standing")
def come_back(network: str) -> ResponseReturnValue:
    return _do(actions.come_back, _("Good to have you back."))


@bp.post("/n/<network>/membership/leave")
@closed("one's own standing")
def leave(network: str) -> ResponseReturnValue:
    here = viewer()
    asked = ask_first(
        _("Leave %(network)s?", network=here.network.name),
        _("Leave"),
        more=_("You stop seeing anything of it at once. What you shared stays, with your name."),
        back=url_for("networks.membership", network=network),
    )
    if asked:
        return asked
    answer = _do(
        actions.leave, _("You have left %(name)s. Thank you for what you shared.", name=here.network.name)
    )
    return answer if here.may_read else redirect(url_for("networks.mine"))


def _do(verb: Callable[[Member, Member], None], said: str) -> ResponseReturnValue:
    here = viewer()
    if not NoFieldsForm().validate_on_submit():
        return to("membership", here.network)
    try:
        verb(here, here)
        flash(said, "success")
    except actions.LastDirector:
        flash(_("You are the only director here. Please make a colleague director first."), "error")
    return to("membership", here.network)
