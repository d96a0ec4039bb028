"""The health of the norms, for those who look after the network."""

from flask import render_template

from app.core.access import current_viewer
from app.core.doors import closed
from app.moderation.policy import may, require, role_of
from app.moderation.queries.health import health_of
from app.moderation.routes import bp


@bp.get("/n/<network>/settings/health")
@closed("numbers of cases, titles of norms, names")
def health(network: str) -> str:
    viewer = current_viewer()
    require(may("see_health", role_of(viewer, viewer.network_id)))
    return render_template("moderation/health.html", health=health_of(viewer))
