"""Who is in a group; for its leads also who asks, who is invited, and what they do about it."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import NotFound
from app.core.doors import closed
from app.core.limits import limited
from app.core.sure import ask_first
from app.networks.queries import member_of
from app.spaces import actions
from app.spaces.actions.leaving import NeedsSuccessor
from app.spaces.forms import AnswerForm
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie
from app.spaces.queries import asks_of_group, group_people, invitations_of_group, people_to_invite
from app.spaces.routes import bp, tabs
from app.spaces.routes.places import group_page, tie_here, to

tabs.add("spaces.members", _l("Members"), order=30)


@bp.get("/n/<network>/groups/<slug>/members")
@closed("names of a group's people, for those who see it")
def members(network: str, slug: str) -> ResponseReturnValue:
    tie = tie_here(slug)
    if not tie.sees:
        raise NotFound
    words = request.args.get("q", "")[:200]
    wanted = request.args.get("invite", "")[:200]
    may_invite = policy.can_invite(tie)
    return group_page(
        "members",
        tie,
        page=group_people(tie, request.args.get("after"), words),
        words=words,
        asks=asks_of_group(tie.space.id) if policy.can_answer_asks(tie) else [],
        invited=invitations_of_group(tie.space.id) if tie.is_lead else [],
        answer=AnswerForm(formdata=None),
        may_invite=may_invite,
        wanted=wanted,
        found=people_to_invite(tie, wanted) if may_invite and wanted else [],
    )


@bp.post("/n/<network>/groups/<slug>/asks/<int:member_id>/<any(accept, decline):act>")
@closed("changes who belongs to a group")
def answer_ask(network: str, slug: str, member_id: int, act: str) -> ResponseReturnValue:
    """A lead's answer; `reason` goes to who asked."""
    tie, form = tie_here(slug), AnswerForm()
    policy.require(policy.can_answer_asks(tie))
    if not form.validate_on_submit():
        flash(" ".join(str(error) for error in form.reason.errors), "problem")
        return to("members", tie)
    actions.answer_ask(
        tie.viewer, tie.space, _id(member_id), accept=act == "accept", reason=form.reason.data or ""
    )
    flash(_("They are in.") if act == "accept" else _("Your answer is with them."), "good")
    return to("members", tie)


def _id(given: int) -> int:
    """A number that a database holds. Raises NotFound."""
    if not 0 < given < 2**62:
        raise NotFound
    return given


@bp.post("/n/<network>/groups/<slug>/invite/<int:member_id>")
@limited("200/hour")
@closed("changes who is invited")
def invite(network: str, slug: str, member_id: int) -> ResponseReturnValue:
    tie = tie_here(slug)
    member = member_of(tie.viewer, _id(member_id))
    actions.invite_to_group(tie.viewer, tie.space, member)
    flash(_("%(name)s is invited.", name=member.name), "good")
    return to("members", tie)


@bp.post("/n/<network>/groups/<slug>/members/<int:member_id>/<any(lead, remove, uninvite):act>")
@closed("changes who belongs to a group, and how")
def change_member(network: str, slug: str, member_id: int, act: str) -> ResponseReturnValue:
    """Make somebody a lead, take them out, or take an invitation back."""
    tie, member_id = tie_here(slug), _id(member_id)
    verbs = {
        "lead": actions.make_lead,
        "remove": actions.remove_from_group,
        "uninvite": actions.take_back_invitation,
    }
    if act == "remove" and (asked := _sure_to_take_out(tie, member_id)):
        return asked
    verbs[act](tie.viewer, tie.space, member_id)
    flash(_("Saved."), "good")
    return to("members", tie)


def _sure_to_take_out(tie: Tie, member_id: int) -> str | None:
    """The page that asks first; a lead's alone."""
    policy.require(policy.can_remove(tie, member_id))
    return ask_first(
        _("Take %(name)s out of the group?", name=member_of(tie.viewer, member_id).name),
        _("Take out of the group"),
        more=_("They stop seeing it at once."),
        back=url_for("spaces.members", network=tie.viewer.network.slug, slug=tie.space.slug),
    )


@bp.post("/n/<network>/groups/<slug>/step-down")
@closed("changes who leads a group")
def step_down(network: str, slug: str) -> ResponseReturnValue:
    """Lead no more, and stay."""
    tie = tie_here(slug)
    try:
        actions.step_down(tie.viewer, tie.space, without=_goes_without(tie))
    except NeedsSuccessor:
        flash(_("You are the last lead. Make somebody else a lead first."), "problem")
    else:
        flash(_("You are a member now."), "good")
    return to("members", tie)


@bp.post("/n/<network>/groups/<slug>/step-up")
@closed("changes who leads a group")
def step_up(network: str, slug: str) -> ResponseReturnValue:
    """Lead a group that nobody leads."""
    tie = tie_here(slug)
    actions.step_up(tie.viewer, tie.space)
    flash(_("You lead %(group)s now. Thank you.", group=tie.space.name), "good")
    return to("members", tie)


def _goes_without(tie: Tie) -> bool:
    return request.form.get("without") == "1" and tie.is_lead
