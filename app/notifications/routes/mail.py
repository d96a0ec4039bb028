"""Wishes for mail: the settings of one's networks, and the one-click way out (RFC 8058).

The way out works without signing in and without a cookie, for ever, and as often as one likes.
A GET only shows a button: mail scanners open every link.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import NotFound, current_account, public
from app.core.doors import closed
from app.core.limits import address, limited
from app.core.security import csrf_exempt
from app.networks.queries import networks_of
from app.notifications import actions
from app.notifications.queries import wish_of_token, wishes_of
from app.notifications.routes import bp

NO_CONTRIBUTION = "wishes for mail, no contribution"
TRIES = "300/minute"
"""Mail providers press the button for many people from few addresses."""


@bp.get("/notifications/settings")
@closed(NO_CONTRIBUTION)
def settings() -> str:
    """Mail from each of my networks: on, a week's rest, off."""
    readers = networks_of(current_account())
    return render_template("notifications/settings.html", readers=readers, wishes=wishes_of(readers))


@bp.post("/notifications/settings/<int:member_id>")
@closed(NO_CONTRIBUTION)
def save_settings(member_id: int) -> ResponseReturnValue:
    try:
        actions.wish_for_mail(networks_of(current_account()), member_id, request.form.get("mail", ""))
    except ValueError:
        flash(_("Please choose one of the three."), "problem")
    else:
        flash(_("Saved."), "good")
    return redirect(url_for("notifications.settings"), 303)


@bp.get("/unsubscribe/<token>")
@public
@closed(NO_CONTRIBUTION)
def unsubscribe(token: str) -> ResponseReturnValue:
    """A page with a button; nothing happens yet."""
    try:
        wish = wish_of_token(token)
    except NotFound:
        return _unknown()
    return render_template("notifications/unsubscribe.html", member=wish.member, wants_mail=wish.wants_mail)


@bp.post("/unsubscribe/<token>")
@public
@closed(NO_CONTRIBUTION)
@csrf_exempt("mail providers call it for the reader; the token is the permission")
@limited(TRIES, per=address)
def unsubscribe_now(token: str) -> ResponseReturnValue:
    """One click of the provider's button, or the button of the page, which can also undo it."""
    again = request.form.get("again") == "1"
    try:
        member = (actions.subscribe_again if again else actions.unsubscribe)(token)
    except NotFound:
        return _unknown()
    if "List-Unsubscribe" in request.form:
        return "", 200
    return render_template("notifications/unsubscribe.html", member=member, wants_mail=again)


def _unknown() -> ResponseReturnValue:
    return render_template("notifications/unsubscribe_unknown.html"), 404
