"""Without a name: what is one's own of it, and the hub's side: whether it goes at all, and opening a seal."""

from datetime import datetime

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.contributions.actions.opening import agree_to_open, ask_to_open, see_author
from app.contributions.models import Contribution
from app.contributions.policy import can_ask_to_open, can_open_seals, require
from app.contributions.queries import get_contribution
from app.contributions.queries.openings import get_opening, may_agree, may_see, openings_in, waiting_for
from app.contributions.queries.sealed import HUB_AT_LEAST, WRITERS_AT_LEAST, letterbox_of, own_sealed
from app.contributions.routes import bp
from app.core import navigation, seals
from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.doors import closed
from app.core.limits import limited
from app.networks.actions import set_sealing
from app.networks.models import Member
from app.networks.policy import can_change_network, has_sealed, lets_seal
from app.networks.queries import acting_hub


def _is_known_here() -> bool:
    here = navigation.member_at_hand()
    return here is not None and has_sealed(here.network)


def _looks_after() -> bool:
    here = navigation.member_at_hand()
    return here is not None and can_open_seals(here)


navigation.add(
    "avatar", "contributions.unnamed", _l("Without my name"), "shield", order=26, shown=_is_known_here
)
navigation.add(
    "settings", "contributions.settings_unnamed", _l("Without a name"), "shield", order=60, shown=_looks_after
)
navigation.belongs_to("networks.settings", "contributions.settings_unnamed")


@bp.get("/n/<network>/unnamed/")
@closed("the viewer's own")
def unnamed(network: str) -> str:
    """What I shared without my name, and letters about it."""
    viewer = current_viewer()
    return render_template("contributions/unnamed.html", posts=own_sealed(viewer), letters=letters_to(viewer))


def letters_to(viewer: Member) -> list[dict[str, object]]:
    if seals.trouble():
        return []
    letters = seals.letters_of(letterbox_of(viewer))
    return [{**letter, "at": datetime.fromisoformat(letter["at"])} for letter in letters]


@bp.post("/n/<network>/unnamed/read")
@limited("30/minute")
@closed("the viewer's own")
def letters_were_read(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    if not seals.trouble():
        seals.letters_read(letterbox_of(viewer))
    return redirect(path_for("contributions.unnamed", network=network), 303)


@bp.route("/n/<network>/c/<int:contribution_id>/open-seal", methods=["GET", "POST"])
@limited("30/minute")
@closed("asks about it by its number; shows nothing of it")
def open_seal(network: str, contribution_id: int) -> ResponseReturnValue:
    """One of the hub asks, with a reason, to see who wrote it."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    require(can_ask_to_open(viewer, found))
    if request.method == "GET":
        return _ask_page(found)
    try:
        ask_to_open(viewer, found, reason=request.form.get("reason", ""))
    except ValueError:
        return _ask_page(found, _("Write why, in a sentence: the author will read it.")), 422
    flash(_("Another facilitator or director has to agree, within seven days."), "good")
    return redirect(path_for("contributions.settings_unnamed", network=network), 303)


def _ask_page(found: Contribution, problem: str = "") -> str:
    return render_template(
        "contributions/open_seal.html",
        it=found,
        problem=problem,
        reason=request.form.get("reason", ""),
        waiting=waiting_for(found),
    )


@bp.route("/n/<network>/settings/unnamed", methods=["GET", "POST"])
@limited("30/minute")
@closed("settings, and who opened what and why; never who wrote it")
def settings_unnamed(network: str) -> ResponseReturnValue:
    """Whether it goes here; asks that wait; what was opened."""
    viewer = current_viewer()
    require(can_change_network(viewer, viewer.network))
    if request.method == "POST":
        set_sealing(viewer, viewer.network, allowed=request.form.get("allowed") == "1")
        flash(_("Saved."), "success")
        return redirect(path_for("contributions.settings_unnamed", network=network), 303)
    openings = openings_in(viewer)
    return render_template(
        "contributions/settings_unnamed.html",
        allowed=lets_seal(viewer.network),
        trouble=seals.trouble(),
        few=acting_hub(viewer.network_id) < HUB_AT_LEAST,
        at_least=WRITERS_AT_LEAST,
        waiting=[each for each in openings if may_agree(viewer, each)],
        to_see=[each for each in openings if may_see(viewer, each)],
        openings=openings,
    )


@bp.post("/n/<network>/settings/unnamed/<int:opening_id>/agree")
@limited("30/minute")
@closed("opens a seal for two of the hub; shows nothing")
def agree_opening(network: str, opening_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    agree_to_open(viewer, get_opening(viewer, opening_id))
    flash(_("It is open: you both can see the name, once. The author is told the reason."), "good")
    return redirect(path_for("contributions.settings_unnamed", network=network), 303)


@bp.post("/n/<network>/settings/unnamed/<int:opening_id>/see")
@limited("30/minute")
@closed("the name, once, to each of the two who opened it")
def see_opened(network: str, opening_id: int) -> str:
    viewer = current_viewer()
    opening = get_opening(viewer, opening_id)
    author = see_author(viewer, opening)
    return render_template("contributions/opened.html", opening=opening, author=author)
