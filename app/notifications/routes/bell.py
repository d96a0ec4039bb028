"""The bell: its page, its panel, its count, and reading. A GET changes nothing here.

Links lead straight to the place; the page's script then says that it was seen (`seen`), and
without scripts each line has a button.
"""

from datetime import UTC, datetime
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.contributions.queries.sealed import with_new_letters
from app.core import clock, glance
from app.core.access import NotFound, current_account, current_viewer
from app.core.doors import closed, door
from app.networks.models import Member
from app.networks.queries import networks_of
from app.notifications import actions
from app.notifications.queries import Bell, bell_from, bell_of, has_unread_of_group, lines_of, part_of
from app.notifications.routes import bp
from app.spaces.queries import get_group

IN_THE_PANEL = 7


def _readers() -> list[Member]:
    return networks_of(current_account())


def _bell() -> Bell:
    """The bell of this page, for the badge and for where its live client begins."""
    return bell_from(_readers(), glance.at_hand()) if current_user.is_authenticated else Bell()


@glance.at_a_glance
def _asked() -> glance.Part | None:
    return part_of(_readers()) if current_user.is_authenticated else None


def badge() -> int:
    """The unread lines, and letters in the sealed store: those are in no table that could be counted."""
    return _bell().unread + len(_letters())


def _letters() -> list[Member]:
    if not current_user.is_authenticated:
        return []
    if "letters" not in g:
        g.letters = with_new_letters(_readers())
    found: list[Member] = g.letters
    return found


def member_streams() -> dict[str, int]:
    return _bell().streams


@bp.get("/notifications")
@door("notification")
def index() -> str:
    """Everything that I was told, over all my networks; `?after=` is the next page."""
    cursor = request.args.get("after")
    page = lines_of(_readers(), cursor)
    following = url_for("notifications.index", after=page.next) if page.next else ""
    return render_template(
        "notifications/index.html", **_shown(page), next=following, first_page=cursor is None
    )


@bp.get("/notifications/panel")
@door("notification")
def panel() -> str:
    """The newest few, for the bell's panel."""
    return render_template("notifications/_panel.html", **_shown(lines_of(_readers(), size=IN_THE_PANEL)))


def _shown(page: Any) -> dict[str, Any]:
    return {
        "letters": _letters(),
        "page": page,
        "several": len(_readers()) > 1,
        "until": clock.now().isoformat(),
    }


@bp.get("/notifications/unread")
@closed("a number, counted after visibility is checked")
def unread() -> ResponseReturnValue:
    """`{unread, streams}`: what a page asks for after it was away for long."""
    bell = bell_of(_readers())
    return jsonify(unread=bell.unread + len(_letters()), streams=bell.streams)


@bp.post("/notifications/read")
@closed("marks the reader's own lines")
def read() -> ResponseReturnValue:
    """Mark one line (`id`), or all up to the moment that the page was made (`until`)."""
    one = request.form.get("id")
    if one is not None:
        actions.mark_read(_readers(), _number(one))
    else:
        actions.mark_all_read(_readers(), _moment(request.form.get("until", "")))
    if "HX-Request" in request.headers:
        return panel()
    if one is None:
        flash(_("All caught up."), "good")
    return redirect(url_for("notifications.index"), 303)


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise NotFound
    return int(given)


def _moment(given: str) -> datetime | None:
    """The moment that a page of ours said; None for anything else."""
    try:
        moment = datetime.fromisoformat(given)
        # The first hours of the calendar have no place in UTC.
        return moment.astimezone(UTC) if moment.tzinfo and moment <= clock.now() else None
    except (ValueError, OverflowError):
        return None


@bp.post("/n/<network>/c/<int:contribution_id>/seen")
@closed("marks the reader's own lines, and answers the same whether the id exists or not")
def seen(network: str, contribution_id: int) -> ResponseReturnValue:
    """The reader has this root's page before their eyes."""
    if contribution_id < 2**62:
        actions.mark_seen(current_viewer(), contribution_id)
    return "", 204


@bp.post("/n/<network>/groups/<slug>/seen")
@closed("marks the reader's own lines")
def group_seen(network: str, slug: str) -> ResponseReturnValue:
    """The reader has a page of this group before their eyes."""
    viewer = current_viewer()
    space_id = get_group(viewer, slug).space.id
    if has_unread_of_group(viewer, space_id):
        actions.mark_group_seen(viewer, space_id)
    return "", 204
