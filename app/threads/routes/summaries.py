"""The summary of a long talk: writing it, and what it said before."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.contributions.policy import can_summarise, require
from app.contributions.queries import get_root
from app.core.access import NotFound, current_viewer
from app.core.doors import door
from app.core.kinds import kinds
from app.core.limits import limited
from app.networks.models import Member
from app.threads.actions import sum_up
from app.threads.forms import SummaryForm
from app.threads.queries import summaries_of, summary_of
from app.threads.routes import bp


def _talk(viewer: Member, contribution_id: int) -> Contribution:
    root = get_root(viewer, contribution_id)
    if root.state != "published" or not kinds.is_flat(root.kind):
        raise NotFound
    return root


@bp.get("/n/<network>/c/<int:contribution_id>/summary")
@door("summary")
def summary(network: str, contribution_id: int) -> ResponseReturnValue:
    """The form, with what stands there now."""
    viewer = current_viewer()
    root = _talk(viewer, contribution_id)
    require(can_summarise(viewer, root))
    now = summary_of(root)
    return render_template(
        "threads/summary.html", it=root, form=SummaryForm(body=now.html if now else ""), now=now
    )


@bp.post("/n/<network>/c/<int:contribution_id>/summary")
@limited("30/minute")
@door("summary")
def save_summary(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    root = _talk(viewer, contribution_id)
    require(can_summarise(viewer, root))
    form = SummaryForm(None, body=request.form.get("html") or request.form.get("body", ""))
    if not form.validate():
        return render_template("threads/summary.html", it=root, form=form, now=summary_of(root)), 422
    sum_up(viewer, root, html=form.clean)
    flash(_("The summary stands on top.") if form.clean else _("The summary is taken away."), "good")
    return redirect(url_for("contributions.page", network=network, contribution_id=root.id), 303)


@bp.get("/n/<network>/c/<int:contribution_id>/summaries")
@door("summary")
def summaries(network: str, contribution_id: int) -> ResponseReturnValue:
    """What it said before, newest first, each with who wrote it."""
    root = _talk(current_viewer(), contribution_id)
    return render_template("threads/summaries.html", it=root, summaries=summaries_of(root))
