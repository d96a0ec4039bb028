"""Starting a group, or proposing one where the facilitators start them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import current_viewer
from app.core.doors import closed
from app.core.limits import limited
from app.networks.models import Member
from app.spaces import actions
from app.spaces.actions.proposing import TooManyProposals
from app.spaces.forms import StartForm
from app.spaces.policy import groups as policy
from app.spaces.queries import my_proposal
from app.spaces.routes import bp
from app.spaces.routes.places import WRONG, to_groups


@bp.route("/n/<network>/groups/new", methods=["GET", "POST"])
@limited("30/hour")
@closed("a form")
def start(network: str) -> ResponseReturnValue:
    """Name, purpose, ways in; welcome, norms and cover can follow."""
    viewer: Member = current_viewer()
    starts = policy.can_start_group(viewer)
    policy.require(starts or policy.can_propose_group(viewer))
    form = StartForm(viewer.network)
    if not form.is_submitted():
        return render_template("spaces/start.html", form=form, starts=starts)
    if not form.validate_on_submit():
        return render_template("spaces/start.html", form=form, starts=starts), WRONG
    if not starts:
        return _propose(viewer, form)
    group = actions.start_group(viewer, form.words())
    flash(_("Your group is there. Invite a few people, and say hello."), "good")
    return redirect(url_for("spaces.about", network=network, slug=group.space.slug), 303)


def _propose(viewer: Member, form: StartForm) -> ResponseReturnValue:
    try:
        actions.propose_group(viewer, form.words())
    except TooManyProposals:
        form.name.errors = [_("Three proposals of yours wait already. Let them be answered first.")]
        return render_template("spaces/start.html", form=form, starts=False), WRONG
    flash(_("The facilitators have your proposal. You read their answer under the bell."), "good")
    return to_groups(viewer.network)


@bp.get("/n/<network>/groups/proposals/<int:proposal_id>")
@closed("the viewer's own proposal")
def proposal(network: str, proposal_id: int) -> str:
    """What became of one's own proposal, with the facilitators' words."""
    return render_template("spaces/proposal.html", proposal=my_proposal(current_viewer(), proposal_id))
