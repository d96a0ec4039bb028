"""Who may begin a conversation with me, in this network."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.conversations import actions
from app.conversations.models import WISHES
from app.conversations.queries import wish_of
from app.conversations.routes import bp
from app.core.access import current_viewer
from app.core.doors import closed
from app.core.limits import limited


@bp.get("/n/<network>/conversations/wish")
@closed("a wish of the viewer's own")
def wish(network: str) -> ResponseReturnValue:
    return render_template("conversations/wish.html", wish=wish_of(current_viewer()))


@bp.post("/n/<network>/conversations/wish")
@limited("60/hour")
@closed("a wish of the viewer's own")
def save_wish(network: str) -> ResponseReturnValue:
    who = request.form.get("who", "")
    if who not in WISHES:
        flash(_("Please choose one of the three."), "problem")
    else:
        actions.wish_for(current_viewer(), who)
        flash(_("Saved. Conversations that you are in go on as before."), "good")
    return redirect(url_for("conversations.wish", network=network), 303)
