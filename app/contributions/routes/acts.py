"""Acts on a contribution: react, try, let go, save. Each is a POST that says what should be."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions import actions
from app.contributions.models import REACTIONS, Contribution
from app.contributions.queries import get_contribution, mine
from app.contributions.queries.cards import card_rows
from app.contributions.routes import bp
from app.contributions.routes.answers import answer, refuse
from app.core.access import NotFound, current_viewer
from app.core.doors import closed


def _sum(contribution: Contribution) -> str:
    return render_template("contributions/_sum.html", post=card_rows([contribution.id])[0])


def _wanted(default: bool) -> bool:
    """What the script asks for (`on`), or for a plain button the opposite of what is."""
    asked = request.form.get("on")
    return default if asked is None else asked == "1"


@bp.post("/n/<network>/c/<int:contribution_id>/react/<reaction>")
@closed("answers with counts of what the viewer sees")
def react_to(network: str, contribution_id: int, reaction: str) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    if reaction not in REACTIONS:
        raise NotFound
    on = _wanted(reaction not in mine(viewer, [found.id]).reactions.get(found.id, []))
    (actions.react if on else actions.unreact)(viewer, found, reaction)
    return answer(viewer, found, on=on, html=_sum(found))


@bp.post("/n/<network>/c/<int:contribution_id>/try")
@closed("answers with counts of what the viewer sees")
def try_it(network: str, contribution_id: int) -> ResponseReturnValue:
    """Commit, with an optional day; with `on=0` let go."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    if not _wanted(True):
        actions.let_go(viewer, found)
        return answer(viewer, found, on=False, html=_sum(found))
    day = _day()
    if day is False:
        return refuse(_("That is not a day that we can read. Please choose one from the calendar."))
    commitment = actions.commit_to(viewer, found, due_on=day or None)
    return answer(
        viewer, found, on=True, state=commitment.state, html=_sum(found), due=request.form.get("due_on")
    )


def _day() -> date | bool | None:
    given = request.form.get("due_on", "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return False


@bp.post("/n/<network>/c/<int:contribution_id>/due")
@closed("changes the viewer's own commitment")
def change_due(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    day = _day()
    if day is False:
        return refuse(_("That is not a day that we can read. Please choose one from the calendar."))
    actions.set_due_date(viewer, found, day or None)
    return answer(viewer, found)


@bp.post("/n/<network>/c/<int:contribution_id>/save")
@closed("remembers an id for the viewer")
def save_it(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    on = _wanted(found.id not in mine(viewer, [found.id]).saved)
    (actions.save_contribution if on else actions.unsave_contribution)(viewer, found)
    return answer(viewer, found, on=on)
