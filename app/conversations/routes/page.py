"""What stands around the messages of a conversation, and what one can do with it."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.contributions.queries import get_root
from app.contributions.routes.answers import address_of
from app.conversations import actions
from app.conversations.models.words import names_of
from app.conversations.queries import circle_of, get_conversation
from app.conversations.routes import bp
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed
from app.core.limits import limited
from app.core.sure import ask_first
from app.networks.models import Member
from app.spaces.models.words import quiet_words
from app.spaces.queries import setting_of


def around(viewer: Member, root: Contribution) -> dict[str, Any]:
    """For the page of its kind: who is in it, who left, whether it is quiet; `root` is visible."""
    circle = circle_of(viewer, root)
    return {
        "name": names_of(circle.others or [person.member for person in circle.left]),
        "back": (path_for("conversations.index", network=viewer.network.slug), _("Conversations")),
        "circle": circle,
        "setting": setting_of(viewer, root.space_id),
    }


@bp.post("/n/<network>/conversations/<int:root_id>/leave")
@limited("60/hour")
@closed("ends the viewer's own membership")
def leave(network: str, root_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    root = get_conversation(viewer, root_id).root
    asked = ask_first(
        _("Leave this conversation?"),
        _("Leave"),
        more=_("You no longer see it; what you said stays with the others."),
        back=address_of(viewer, root),
    )
    if asked:
        return asked
    actions.leave_conversation(viewer, root)
    flash(_("You have left the conversation. What you said stays with the others."), "good")
    return redirect(url_for("conversations.index", network=network), 303)


@bp.post("/n/<network>/conversations/<int:root_id>/quiet")
@limited("120/hour")
@closed("a wish of the viewer's own")
def quiet(network: str, root_id: int) -> ResponseReturnValue:
    """`how_long`: an hour, until tomorrow, a week, always, or off."""
    viewer = current_viewer()
    root = get_root(viewer, root_id)
    how_long = request.form.get("how_long", "")
    if how_long not in actions.QUIETS:
        raise NotFound
    actions.be_quiet(viewer, root, how_long)
    flash(_("You hear of new messages again.") if how_long == "off" else _said(viewer, root), "good")
    return redirect(address_of(viewer, root), 303)


def _said(viewer: Member, root: Contribution) -> str:
    until = setting_of(viewer, root.space_id).muted_until
    return f"{quiet_words(until, viewer)}." if until else _("It is quiet now, until you say so.")
