"""The norms: the page, earlier versions, and the fragment beside every page."""

from flask import render_template
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.doors import closed
from app.networks import policy, queries
from app.networks.routes.blueprint import bp, number, viewer

navigation.add("left", "networks.norms", _l("Our norms"), "talk", order=60)
navigation.fill("right", "networks.norms_aside", order=90)


@bp.get("/n/<network>/norms/")
@closed("the network's norms")
def norms(network: str) -> str:
    """The norms that hold, or `?version=` an earlier one."""
    here = viewer()
    return render_template(
        "networks/norms.html",
        norms=queries.norms_version(here.network, number("version")),
        versions=queries.versions_of(here.network),
        may_change=policy.can_change_network(here, here.network),
    )


@bp.get("/n/<network>/norms/aside")
@closed("the network's norms")
def norms_aside(network: str) -> str:
    """A fragment: their titles."""
    return render_template("networks/_norms_aside.html", norms=queries.norms_of(viewer().network))
