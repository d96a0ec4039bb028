"""Reporting in three taps, and the page of one's own reports."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.contributions.policy import is_author
from app.contributions.queries import get_contribution, sees_one
from app.core import sections
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.limits import limited
from app.core.numbers import whole
from app.core.security import safe_next
from app.core.text import TooLong, excerpt
from app.moderation import actions
from app.moderation.actions.reporting import WORDS
from app.moderation.models import Report
from app.moderation.policy import may, require, role_of
from app.moderation.queries.judges import stuck_in
from app.moderation.queries.norms import norms_where
from app.moderation.queries.reports import my_reports as reports_of_viewer
from app.moderation.queries.reports import still_seen
from app.moderation.routes import bp
from app.networks.models import Member
from app.networks.policy import can_block
from app.networks.queries import has_blocked, member_of
from app.spaces.models import Space
from app.spaces.queries import get_group

WRONG, GONE = 422, 404


def can_report(viewer: Member, it: Contribution) -> bool:
    """Whether the menu offers it: what somebody else said, and is seen."""
    says_something = bool(it.text or it.card)
    known = may("report", role_of(viewer, it.network_id))
    return known and it.state == "published" and says_something and not is_author(viewer, it)


@sections.fills("contribution menu", order=90)
def in_the_menu(viewer: Member, it: Contribution) -> str:
    if not can_report(viewer, it):
        return ""
    here = path_for("moderation.report", network=viewer.network.slug, contribution_id=it.id)
    return render_template("moderation/_report_item.html", href=here)


@sections.fills("profile acts", order=90)
def on_a_profile(viewer: Member, member: Member) -> str:
    if member.id == viewer.id or not member.may_read:
        return ""
    here = path_for("moderation.report_profile", network=viewer.network.slug, member_id=member.id)
    return render_template("moderation/_report_link.html", href=here)


@sections.fills("group acts", order=90)
def on_a_group(viewer: Member, space: Space) -> str:
    here = path_for("moderation.report_group", network=viewer.network.slug, slug=space.slug)
    return render_template("moderation/_report_link.html", href=here)


@bp.route("/n/<network>/report/c/<int:contribution_id>", methods=["GET", "POST"])
@limited("30/hour")
@door("report")
def report(network: str, contribution_id: int) -> ResponseReturnValue:
    """What somebody shared: which norm, what is wrong; or talk to the author first."""
    viewer = current_viewer()
    try:
        it = get_contribution(viewer, contribution_id)
    except NotFound:
        if not request.form.get("words"):
            raise
        return render_template("moderation/report_late.html", words=request.form["words"][:WORDS]), GONE
    require(can_report(viewer, it))
    root_id = it.root_id or it.id
    back = path_for("contributions.page", network=network, contribution_id=root_id)
    about = {
        "title": it.title or excerpt(it.text, 120),
        "space": it.space,
        "back": back + (f"#reply-{it.id}" if it.root_id else ""),
        "root_id": root_id,
        "by": it.author if it.seal is None else None,
        "talk_href": path_for("moderation.talk", network=network, contribution_id=it.id),
        "is_private": it.space.kind == "conversation",
    }
    around = request.form.get("around") == "1" or not about["is_private"]
    return _page(viewer, about, lambda **said: actions.report_contribution(viewer, it, around=around, **said))


@bp.route("/n/<network>/report/members/<int:member_id>", methods=["GET", "POST"])
@limited("30/hour")
@closed("names and profiles")
def report_profile(network: str, member_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    member = member_of(viewer, member_id)
    require(member.id != viewer.id)
    back = path_for("networks.profile", network=network, member_id=member.id)
    about = {
        "title": _("The profile of %(name)s", name=member.name),
        "space": None,
        "back": back,
        "by": member,
    }
    return _page(viewer, about, lambda **said: actions.report_member(viewer, member, **said))


@bp.route("/n/<network>/report/groups/<slug>", methods=["GET", "POST"])
@limited("30/hour")
@closed("the name of a group that the viewer may know of")
def report_group(network: str, slug: str) -> ResponseReturnValue:
    viewer = current_viewer()
    tie = get_group(viewer, slug)
    back = path_for("spaces.about", network=network, slug=slug)
    about = {"title": _("The group “%(name)s”", name=tie.space.name), "space": tie.space, "back": back}
    return _page(viewer, about, lambda **said: actions.report_group(viewer, tie, **said))


def _page(viewer: Member, about: dict[str, Any], send: Callable[..., Report]) -> ResponseReturnValue:
    problem = ""
    if request.method == "POST":
        problem = _send(send)
        if not problem:
            flash(_("Thank you. The facilitators look at it, and you will hear what became of it."), "good")
            return redirect(_after(viewer, about), 303)
    norms = norms_where(viewer.network_id, about["space"])
    page = render_template(
        "moderation/report.html", about=about, norms=norms, problem=problem, limit=WORDS,
        chosen=request.form.get("ref", ""), words=request.form.get("words", ""),
    )  # fmt: skip
    return page, WRONG if problem else 200


def _after(viewer: Member, about: dict[str, Any]) -> str:
    """One's own reports, with the way back where that still leads anywhere: a report may hold it at once."""
    root_id = about.get("root_id")
    back = about["back"] if root_id is None or sees_one(viewer, root_id) else None
    by = about.get("by")
    return url_for("moderation.my_reports", network=viewer.network.slug, back=back, by=by and by.id)


def _send(send: Callable[..., Report]) -> str:
    """What went wrong, in a sentence; nothing where it was sent."""
    ref = request.form.get("ref", "")
    if not ref:
        return _("Choose what it is about, then send it. Your words are kept here.")
    try:
        send(ref=ref, words=request.form.get("words", ""))
    except TooLong as error:
        return _("%(reason)s Your text is kept here.", reason=str(error))
    except actions.FoundFine:
        return _(
            "You reported this before. Somebody looked at it and found it fine, and it has not changed "
            "since. If you still see it differently, please talk to a facilitator. Your words are kept here."
        )
    except actions.TooManyReports:
        return _(
            "That is as much as the facilitators can take from one person today. Your words are kept here."
        )
    return ""


@bp.get("/n/<network>/reports/")
@closed("what the viewer said, and what became of it")
def my_reports(network: str) -> str:
    """The state of each of my reports, and its outcome."""
    viewer = current_viewer()
    page = reports_of_viewer(viewer, request.args.get("after"))
    stuck = {case.id for case in stuck_in([viewer.network_id])}
    seen = still_seen(viewer, page.items)
    back = safe_next(request.args.get("back", "")[:300], "")
    return render_template(
        "moderation/my_reports.html", page=page, seen=seen, stuck=stuck, back=back, by=_to_block(viewer)
    )


def _to_block(viewer: Member) -> Member | None:
    """`?by=`: whoever wrote what was reported just now, where the viewer hears from them still."""
    number = whole(request.args.get("by", ""))
    if number is None:
        return None
    by = member_of(viewer, number)
    return by if can_block(viewer, by) and not has_blocked(viewer, by) else None
