"""What facilitators see of groups, and how they help: proposals, groups without a lead, roles to follow.

Rule: names, leads and sizes. No page here leads into a group.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.text import TooLong
from app.networks.models import Member
from app.spaces import actions
from app.spaces.forms import AnswerForm, RoleAlikeForm
from app.spaces.policy import groups as policy
from app.spaces.queries import groups_of_hub, proposals_of
from app.spaces.routes import bp
from app.spaces.routes.places import WRONG

navigation.add(
    "settings", "spaces.hub_groups", _l("Groups"), "talks", also_current=("spaces.open_following",)
)
navigation.belongs_to("networks.settings", "spaces.hub_groups", "spaces.open_following")
LOOKING_AFTER = "names, leads and sizes of groups, for those who look after the network"


def _hub() -> Member:
    viewer: Member = current_viewer()
    policy.require(policy.can_look_after_groups(viewer))
    return viewer


def _back(viewer: Member) -> ResponseReturnValue:
    return redirect(url_for("spaces.hub_groups", network=viewer.network.slug), 303)


@bp.get("/n/<network>/settings/groups")
@closed(LOOKING_AFTER)
def hub_groups(network: str) -> ResponseReturnValue:
    """Proposals, then every group, those without a lead first."""
    return _page(_hub(), RoleAlikeForm(formdata=None))


def _page(viewer: Member, form: RoleAlikeForm, status: int = 200) -> ResponseReturnValue:
    page = groups_of_hub(viewer, request.args.get("after"))
    return (
        render_template(
            "spaces/hub.html",
            page=page,
            proposals=proposals_of(viewer),
            answer=AnswerForm(formdata=None),
            form=form,
            members_start=policy.members_may_start(viewer.network),
        ),
        status,
    )


@bp.post("/n/<network>/settings/groups/who-starts")
@closed("a setting")
def who_starts(network: str) -> ResponseReturnValue:
    """Whether members start groups themselves."""
    viewer = _hub()
    actions.set_who_starts(viewer, viewer.network, members=request.form.get("members") == "1")
    flash(_("Saved."), "good")
    return _back(viewer)


@bp.post("/n/<network>/settings/groups/follow")
@closed(LOOKING_AFTER)
def open_following(network: str) -> ResponseReturnValue:
    """A group that follows roles and grades."""
    viewer, form = _hub(), RoleAlikeForm()
    if not form.validate_on_submit():
        return _page(viewer, form, WRONG)
    actions.open_role_alike(
        viewer,
        name=form.name.data or "",
        purpose=form.purpose.data or "",
        roles=tuple(form.roles.data or ()),
        grades=form.grades.mask,
    )
    flash(_("It is there, and takes in who fits. Make one of its people its lead."), "good")
    return _back(viewer)


@bp.post("/n/<network>/settings/groups/proposals/<int:proposal_id>/<any(accept, decline):act>")
@closed(LOOKING_AFTER)
def answer_proposal(network: str, proposal_id: int, act: str) -> ResponseReturnValue:
    viewer, form = _hub(), AnswerForm()
    if not form.validate_on_submit():
        flash(" ".join(str(error) for error in form.reason.errors), "problem")
        return _back(viewer)
    try:
        actions.answer_proposal(
            viewer, _id(proposal_id), accept=act == "accept", reason=form.reason.data or ""
        )
    except TooLong as error:
        flash(str(error), "problem")
        return _back(viewer)
    flash(_("The group is there.") if act == "accept" else _("Your answer is with them."), "good")
    return _back(viewer)


def _id(given: int) -> int:
    """A number that a database holds. Raises NotFound."""
    if not 0 < given < 2**62:
        raise NotFound
    return given


@bp.post("/n/<network>/settings/groups/<int:space_id>/<any(lead, archive, restore):act>")
@closed(LOOKING_AFTER)
def help_along(network: str, space_id: int, act: str) -> ResponseReturnValue:
    """For a group without a lead: name one of its members, or put it away."""
    viewer, space_id = _hub(), _id(space_id)
    if act == "lead":
        given = request.form.get("member", "")
        if not (given.isascii() and given.isdigit() and len(given) < 19):
            flash(_("Please choose somebody first."), "problem")
            return _back(viewer)
        actions.name_lead(viewer, space_id, int(given))
    else:
        verb = actions.archive_leaderless if act == "archive" else actions.restore_group
        verb(viewer, space_id)
    flash(_("Saved."), "good")
    return _back(viewer)
