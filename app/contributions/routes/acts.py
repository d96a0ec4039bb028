"""Acts on a contribution: react, try, let go, save. Each is a POST that says what should be."""

from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.contributions import actions
from app.contributions.models import REACTIONS, Contribution
from app.contributions.queries import get_contribution, mine
from app.contributions.queries.cards import card_rows
from app.contributions.routes import bp
from app.contributions.routes.answers import answer, refuse
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.limits import limited

_UNREADABLE = _l("That is not a day that we can read. Please choose one from the calendar.")


def _counts(contribution: Contribution) -> dict[str, Any]:
    """What others did, as the live event tells it: the line of a card, the number beside a reply."""
    row = card_rows([contribution.id])[0]
    return {"html": render_template("contributions/_sum.html", post=row), "thanks": row.thanks_count}


def _wanted(default: bool) -> bool:
    """What the script asks for (`on`), or for a plain button the opposite of what is."""
    asked = request.form.get("on")
    return default if asked is None else asked == "1"


@bp.post("/n/<network>/c/<int:contribution_id>/react/<reaction>")
@limited("120/minute")
@closed("answers with counts of what the viewer sees")
def react_to(network: str, contribution_id: int, reaction: str) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    if reaction not in REACTIONS:
        raise NotFound
    on = _wanted(reaction not in mine(viewer, [found.id]).reactions.get(found.id, []))
    (actions.react if on else actions.unreact)(viewer, found, reaction)
    return answer(viewer, found, on=on, **_counts(found))


@bp.post("/n/<network>/c/<int:contribution_id>/try")
@limited("120/minute")
@closed("answers with counts of what the viewer sees")
def try_it(network: str, contribution_id: int) -> ResponseReturnValue:
    """Commit, with an optional day; with `on=0` let go."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    if not _wanted(True):
        actions.let_go(viewer, found)
        return answer(viewer, found, on=False, **_counts(found))
    try:
        day = _day()
    except ValueError:
        return refuse(_UNREADABLE)
    commitment = actions.commit_to(viewer, found, due_on=day)
    return answer(
        viewer, found, on=True, state=commitment.state, **_counts(found), due=request.form.get("due_on")
    )


def _day() -> date | None:
    """The chosen day; raises ValueError for one that cannot be read."""
    given = request.form.get("due_on", "").strip()
    return date.fromisoformat(given) if given else None


@bp.post("/n/<network>/c/<int:contribution_id>/due")
@limited("120/minute")
@closed("changes the viewer's own commitment")
def change_due(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    try:
        actions.set_due_date(viewer, found, _day())
    except ValueError:
        return refuse(_UNREADABLE)
    return answer(viewer, found)


@bp.post("/n/<network>/c/<int:contribution_id>/save")
@limited("120/minute")
@closed("remembers an id for the viewer")
def save_it(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    on = _wanted(found.id not in mine(viewer, [found.id]).saved)
    (actions.save_contribution if on else actions.unsave_contribution)(viewer, found)
    return answer(viewer, found, on=on)
