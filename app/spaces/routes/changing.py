"""A lead says what the group is, puts it away, or takes it out again."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.spaces import actions
from app.spaces.forms import FollowingForm, GroupForm
from app.spaces.models import COVERS
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie
from app.spaces.queries import get_group, tie_of
from app.spaces.routes import bp
from app.spaces.routes.places import WRONG, group_page, tie_here, to


def _form(tie: Tie) -> GroupForm | FollowingForm:
    made = FollowingForm if tie.follows else GroupForm
    return made(tie.viewer.network, tie.group)


@bp.route("/n/<network>/groups/<slug>/change", methods=["GET", "POST"])
@closed("what a group says of itself")
def change(network: str, slug: str) -> ResponseReturnValue:
    """Name, purpose, ways in, driver, question, welcome, cover."""
    tie = tie_here(slug)
    policy.require(policy.can_change_group(tie))
    form = _form(tie)
    if not form.is_submitted():
        return group_page("change", tie, form=form, covers=COVERS)
    if not form.validate_on_submit():
        return group_page("change", tie, WRONG, form=form, covers=COVERS)
    actions.change_group(tie.viewer, tie.space, form.words())
    flash(_("Saved."), "good")
    # A group that has become secret has a new address.
    return to("about", tie_of(tie.viewer, tie.space.id))


@bp.post("/n/<network>/groups/<slug>/<any(archive, restore):act>")
@closed("read-only or not")
def put_away(network: str, slug: str, act: str) -> ResponseReturnValue:
    tie = tie_here(slug)
    if act == "archive":
        actions.archive_group(tie.viewer, tie.space)
        flash(_("Archived: it stays readable, and takes nothing new until a lead restores it."), "good")
    else:
        actions.restore_group(tie.viewer, tie.space.id)
        flash(_("It takes new posts again."), "good")
    return to("about", get_group(tie.viewer, slug))
