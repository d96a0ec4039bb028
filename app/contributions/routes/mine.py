"""One's own: what I said I would try, and what I saved."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.contributions.queries import commitments_of, saved_by
from app.contributions.queries.cards import cards, shown_on
from app.contributions.queries.mine import mine as find_mine
from app.contributions.routes import bp
from app.core.access import current_viewer
from app.core.doors import door


@bp.get("/n/<network>/trying/")
@door("commitments")
def trying(network: str) -> ResponseReturnValue:
    """My commitments: open ones first, then what became of the others."""
    viewer = current_viewer()
    return render_template(
        "contributions/trying.html",
        open=commitments_of(viewer, "open"),
        done=commitments_of(viewer, "reported"),
    )


@bp.get("/n/<network>/trying/aside")
@door("commitments")
def trying_aside(network: str) -> ResponseReturnValue:
    """The next few, for the right column."""
    return render_template("contributions/_trying_aside.html", open=commitments_of(current_viewer(), limit=4))


@bp.get("/n/<network>/saved/")
@door("saved")
def saved(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    page = saved_by(viewer, request.args.get("after"))
    made = cards([(item.id, item.version) for item in page.items])
    shown = [made[item.id] for item in page.items]
    return render_template(
        "contributions/saved.html",
        cards=shown,
        mine=find_mine(viewer, shown_on(shown)).as_json(),
        next=page.next,
    )
