"""A group's front door: what it is for, who leads it, and the way in."""

from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.core.doors import closed
from app.spaces.forms import AskForm
from app.spaces.policy import groups as policy
from app.spaces.queries import answered_ask, leads_of
from app.spaces.queries.norms import own_norms
from app.spaces.routes import bp, tabs
from app.spaces.routes.places import group_page, tie_here

tabs.add(
    "spaces.about", _l("About"), order=10, shown=lambda tie: True, also=("spaces.change", "spaces.norms")
)


@bp.get("/n/<network>/groups/<slug>/")
@closed("what a group says of itself: name, purpose, leads, size")
def about(network: str, slug: str) -> ResponseReturnValue:
    """Open to whoever may know of the group; the rest of it to those who see it."""
    tie = tie_here(slug)
    return group_page(
        "about",
        tie,
        leads=leads_of(tie.space.id),
        norms=own_norms(tie.space),
        answered=answered_ask(tie),
        ask=AskForm(tie.group.question, formdata=None) if policy.can_ask(tie) else None,
    )
