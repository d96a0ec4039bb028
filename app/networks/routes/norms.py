"""The norms: the page, how they came to be, and the fragment beside every page.

Section: `norms` below the document.
"""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation, sections
from app.core.doors import closed, door
from app.core.numbers import whole
from app.core.security import safe_next
from app.networks import actions, policy, queries
from app.networks.models import numbered
from app.networks.routes.blueprint import bp, feed_of, number, to, viewer

navigation.add(
    "left",
    "networks.norms",
    _l("Our norms"),
    "talk",
    order=60,
    also_current=("networks.norms_history", "norms.new", "norms.propose"),
)
navigation.fill("right", "networks.norms_aside", order=90)


@bp.get("/n/<network>/norms/")
@door("norms")
def norms(network: str) -> str:
    """The norms that hold, or `?version=` an earlier one."""
    here = viewer()
    version = queries.norms_version(here.network, number("version"))
    holds = version.version == here.network.norms_version
    looks_after = policy.can_change_network(here, here.network)
    return render_template(
        "networks/norms.html",
        version=version,
        norms=numbered(version.norms),
        holds=holds,
        acceptance=queries.acceptance_of(here.network) if holds and looks_after else None,
        sections=sections.of("norms", here) if holds else [],
    )


@bp.get("/n/<network>/norms/history")
@closed("the network's norms")
def norms_history(network: str) -> str:
    """Every version: when, by whom, why, and what it changed."""
    return render_template("networks/norms_history.html", steps=queries.history_of(viewer().network))


@bp.get("/n/<network>/norms/aside")
@closed("the network's norms")
def norms_aside(network: str) -> str:
    """A fragment: their titles."""
    return render_template("networks/_norms_aside.html", norms=queries.norms_of(viewer().network))


@bp.post("/n/<network>/norms/later")
@closed("one's own answer to the norms")
def norms_later(network: str) -> ResponseReturnValue:
    """Read along without accepting the version that was shown."""
    here = viewer()
    try:
        actions.put_off_norms(here, whole(request.form.get("version", "")) or 0)
    except actions.Overtaken:
        return to("welcome", here.network)
    flash(_("You can read everything. Writing waits until you accept the norms."), "info")
    home = feed_of(here.network)
    wanted = safe_next(request.form.get("next", "")[:500], home)
    return redirect(wanted if wanted.startswith(home) else home)


@bp.post("/n/<network>/norms/hint")
@closed("puts a hint away")
def norms_hint(network: str) -> ResponseReturnValue:
    """Nothing to show: the norms beside a first post do not come again."""
    here = viewer()
    actions.put_hint_away(here)
    if "HX-Request" in request.headers:
        return "", 200
    return redirect(feed_of(here.network))
