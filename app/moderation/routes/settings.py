"""What a network wants looked at before it is seen: first posts, and the watch list."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import sections
from app.core.access import current_viewer
from app.core.doors import closed
from app.core.limits import limited
from app.core.numbers import whole
from app.core.text import TooLong
from app.moderation import actions
from app.moderation.actions.wishes import MOST_FIRST
from app.moderation.policy import may, require, role_of
from app.moderation.queries.approval import wish_of, words_of
from app.moderation.routes import bp
from app.networks.models import Member


@sections.fills("norms", order=80)
def watched_here(viewer: Member) -> str:
    """On the page of the norms, for everybody: what is looked at."""
    listed = words_of(viewer.network_id)
    return render_template("moderation/_watched.html", watched=listed) if listed else ""


def _hub() -> Member:
    viewer: Member = current_viewer()
    require(may("choose_watch_list", role_of(viewer, viewer.network_id)))
    return viewer


def _back(network: str) -> ResponseReturnValue:
    return redirect(url_for("moderation.settings", network=network), 303)


@bp.get("/n/<network>/settings/moderation")
@closed("settings")
def settings(network: str) -> str:
    here = _hub()
    return render_template(
        "moderation/settings.html", wish=wish_of(here.network_id), watched=words_of(here.network_id),
        most=MOST_FIRST,
    )  # fmt: skip


@bp.post("/n/<network>/settings/moderation/first")
@limited("60/hour")
@closed("settings")
def first_posts(network: str) -> ResponseReturnValue:
    number = whole(request.form.get("number", ""))
    try:
        actions.read_first_posts(_hub(), -1 if number is None else number)
        flash(_("Saved."), "good")
    except ValueError:
        flash(_("A number from 0 to %(most)s, please.", most=MOST_FIRST), "problem")
    return _back(network)


@bp.post("/n/<network>/settings/moderation/words")
@limited("200/hour")
@closed("settings")
def watch_word(network: str) -> ResponseReturnValue:
    try:
        actions.watch(_hub(), request.form.get("pattern", ""), request.form.get("watch", ""))
        flash(_("Saved."), "good")
    except actions.TooManyWords:
        flash(_("The list is full. Take a word off it first."), "problem")
    except actions.TooCommon:
        flash(
            _("Nearly everything has that. A longer, rarer word, please: three letters at least."),
            "problem",
        )
    except TooLong as error:
        flash(str(error), "problem")
    except ValueError:
        flash(_("A word or a phrase, please, with at most two stars for other letters."), "problem")
    return _back(network)


@bp.post("/n/<network>/settings/moderation/words/<int:word_id>/off")
@limited("200/hour")
@closed("settings")
def drop_word(network: str, word_id: int) -> ResponseReturnValue:
    actions.drop_word(_hub(), word_id)
    return _back(network)
