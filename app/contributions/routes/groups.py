"""What contributions add to a group: its files and photos, the leads' view, what stays on top."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.contributions import actions
from app.contributions.queries import get_root
from app.contributions.queries.groups import (
    files_in,
    never_heard_from,
    schools_in,
    unanswered_in,
    weeks_of,
)
from app.contributions.queries.pins import is_pinned
from app.contributions.routes import bp
from app.contributions.routes.answers import answer
from app.core.access import NotFound, current_viewer
from app.core.doors import closed, door
from app.spaces.policy import groups as policy
from app.spaces.queries import get_group
from app.spaces.routes import tabs
from app.spaces.routes.tabs import frame

tabs.add("contributions.group_files", _l("Files and photos"), order=40)
tabs.add("contributions.for_leads", _l("For leads"), order=90, shown=policy.can_see_for_leads)


@bp.get("/n/<network>/groups/<slug>/files")
@door("group files")
def group_files(network: str, slug: str) -> str:
    """`?show=photos` for pictures, else everything else."""
    tie = get_group(current_viewer(), slug)
    if not tie.sees:
        raise NotFound
    show = "photos" if request.args.get("show") == "photos" else "files"
    page = files_in(tie.viewer, tie.space.id, pictures=show == "photos", cursor=request.args.get("after"))
    here = url_for("contributions.group_files", network=network, slug=slug)
    return render_template(
        "contributions/group_files.html",
        page=page,
        show=show,
        choices=[
            {"label": _("Files"), "url": here, "current": show == "files"},
            {"label": _("Photos"), "url": f"{here}?show=photos", "current": show == "photos"},
        ],
        next=f"{here}?show={show}&after={page.next}" if page.next else "",
        **frame(tie),
    )


@bp.get("/n/<network>/groups/<slug>/leads")
@door("for leads")
def for_leads(network: str, slug: str) -> str:
    """Activity by week, schools, who was never heard from, questions without an answer."""
    tie = get_group(current_viewer(), slug)
    policy.require(policy.can_see_for_leads(tie))
    zone = tie.viewer.account.time_zone if tie.viewer.account else tie.viewer.network.time_zone
    weeks = weeks_of(tie.space.id, zone)
    quiet, quiet_count = never_heard_from(tie.space.id)
    return render_template(
        "contributions/for_leads.html",
        weeks=weeks,
        most=max((week.posts + week.replies for week in weeks), default=0) or 1,
        schools=schools_in(tie.space.id),
        quiet=quiet,
        quiet_count=quiet_count,
        questions=unanswered_in(tie.viewer, tie.space.id),
        **frame(tie),
    )


@bp.post("/n/<network>/c/<int:contribution_id>/pin")
@closed("says what stays on top of a space")
def pin(network: str, contribution_id: int) -> ResponseReturnValue:
    """Keep it on top, or let it go down again."""
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    if is_pinned(found):
        actions.unpin(viewer, found)
        flash(_("It is no longer on top of %(space)s.", space=found.space.name), "good")
        return answer(viewer, found, on=False)
    try:
        actions.pin(viewer, found)
        flash(_("It stays on top of %(space)s now.", space=found.space.name), "good")
    except actions.TooManyPins:
        flash(_("Five things are on top already. Take one down first."), "problem")
    return answer(viewer, found, on=is_pinned(found))
