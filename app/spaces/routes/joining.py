"""Joining, asking, answering an invitation, leaving, and what one is told."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import NotFound
from app.core.doors import closed
from app.core.limits import limited
from app.spaces import actions
from app.spaces.actions.leaving import NeedsSuccessor
from app.spaces.forms import AskForm, ToldForm
from app.spaces.models.words import LEVEL_WORDS, quiet_words
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie
from app.spaces.queries import get_group, group_people, leads_of
from app.spaces.queries.hub import is_led
from app.spaces.routes import bp
from app.spaces.routes.places import WRONG, group_page, tie_here, to, to_groups

WAYS_IN = "changes who belongs to a group, and shows nothing"


@bp.post("/n/<network>/groups/<slug>/join")
@limited("60/hour")
@closed(WAYS_IN)
def join(network: str, slug: str) -> ResponseReturnValue:
    """Join an open group, or step back into one that follows one's role."""
    tie = tie_here(slug)
    if policy.can_step_in(tie):
        actions.step_in(tie.viewer, tie.space)
    else:
        actions.join_group(tie.viewer, tie.space)
    flash(_("You are in."), "good")
    return to("feed.space", tie) if get_group(tie.viewer, slug).sees else to("about", tie)


@bp.post("/n/<network>/groups/<slug>/ask")
@limited("20/hour")
@closed(WAYS_IN)
def ask(network: str, slug: str) -> ResponseReturnValue:
    tie = tie_here(slug)
    form = AskForm(tie.group.question)
    if not form.validate_on_submit():
        return group_page("about", tie, WRONG, leads=leads_of(tie.space.id), ask=form)
    actions.ask_to_join_group(tie.viewer, tie.space, answer=form.answer.data or "")
    flash(_("Your wish is with the leads. You read their answer under the bell."), "good")
    return to("about", tie)


@bp.post("/n/<network>/groups/<slug>/ask/withdraw")
@closed(WAYS_IN)
def withdraw(network: str, slug: str) -> ResponseReturnValue:
    tie = tie_here(slug)
    actions.take_back_ask(tie.viewer, tie.space)
    flash(_("Taken back."), "good")
    return to("about", tie)


@bp.post("/n/<network>/groups/<slug>/invitation/<any(accept, decline):act>")
@closed(WAYS_IN)
def answer_invitation(network: str, slug: str, act: str) -> ResponseReturnValue:
    """Come in, or no, thank you: then the group is as unknown as it was before, where it is secret."""
    tie = tie_here(slug)
    if act == "accept":
        actions.accept_invitation(tie.viewer, tie.space)
        return to("feed.space", tie)
    actions.decline_invitation(tie.viewer, tie.space)
    flash(_("The invitation is put away."), "good")
    return to_groups(tie.viewer.network)


@bp.get("/n/<network>/groups/<slug>/leave")
@closed("names of a group's people, for one of them")
def leaving(network: str, slug: str) -> ResponseReturnValue:
    """What leaving means; a last lead says who leads from now on."""
    tie = tie_here(slug)
    if not (policy.can_leave(tie) or policy.can_step_out(tie)):
        raise NotFound
    return _leaving(tie)


def _leaving(tie: Tie, status: int = 200) -> ResponseReturnValue:
    others = [row.member for row in group_people(tie).items if row.member_id != tie.viewer.id]
    people = [member for member in others if member.may_write]
    is_last = tie.is_lead and not is_led(tie.space.id, but=tie.viewer.id)
    return group_page("leave", tie, status, people=people, is_last=is_last)


@bp.post("/n/<network>/groups/<slug>/leave")
@closed(WAYS_IN)
def leave(network: str, slug: str) -> ResponseReturnValue:
    """`successor` names the next lead; `nobody` leaves that to the facilitators' help."""
    tie = tie_here(slug)
    if tie.follows:
        actions.step_out(tie.viewer, tie.space)
        flash(_("You stepped out. The group is in the directory when you would like to come back."), "good")
        return to_groups(tie.viewer.network)
    given = request.form.get("successor", "")
    successor = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    try:
        actions.leave_group(tie.viewer, tie.space, successor_id=successor, without=given == "nobody")
    except NeedsSuccessor:
        flash(_("Please say first who leads the group from now on."), "problem")
        return _leaving(tie, WRONG)
    flash(_("You left %(group)s.", group=tie.space.name), "good")
    return to_groups(tie.viewer.network)


@bp.post("/n/<network>/groups/<slug>/told")
@closed("the viewer's own wishes")
def told(network: str, slug: str) -> ResponseReturnValue:
    """`level`: everything, mentions or nothing; or `mute`: hour, tomorrow, week, off."""
    tie = tie_here(slug)
    how_long = request.form.get("mute", "")
    if how_long == "off":
        actions.unmute(tie.viewer, tie.space)
        flash(_("You hear of this group again."), "good")
    elif how_long:
        flash(f"{_mute(tie, how_long)}.", "good")
    else:
        form = ToldForm()
        if not form.validate_on_submit():
            flash(_("Please choose one from the list."), "problem")
            return to("feed.space", tie)
        actions.be_told(tie.viewer, tie.space, form.level.data)
        flash(_("You are told about: %(what)s.", what=LEVEL_WORDS[form.level.data].lower()), "good")
    return to("feed.space", tie)


def _mute(tie: Tie, how_long: str) -> str:
    """Gives a sentence that says until when."""
    try:
        return quiet_words(actions.mute(tie.viewer, tie.space, how_long), tie.viewer)
    except ValueError:
        raise NotFound from None


@bp.post("/n/<network>/groups/<slug>/welcomed")
@closed("the viewer's own mark")
def welcomed(network: str, slug: str) -> ResponseReturnValue:
    """The welcome is read, and goes."""
    tie = tie_here(slug)
    actions.put_welcome_away(tie.viewer, tie.space)
    return to("feed.space", tie)
