"""A group's norms: all that hold in it, what changed, and the form of its leads."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.doors import closed
from app.core.text import TooLong
from app.networks.forms.settings import NormsForm
from app.networks.queries import norms_of
from app.spaces import actions
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie
from app.spaces.queries.norms import group_history, group_norms
from app.spaces.routes import bp
from app.spaces.routes.places import WRONG, group_page, tie_here, to


@bp.get("/n/<network>/groups/<slug>/norms")
@closed("norms of a group, which say nothing of what is shared in it")
def norms(network: str, slug: str) -> ResponseReturnValue:
    """The network's norms, the group's own below them, and how those came to be."""
    tie = tie_here(slug)
    current = group_norms(tie.space)
    return _page(tie, current.norms if current else [], NormsForm(formdata=None))


@bp.post("/n/<network>/groups/<slug>/norms")
@closed("norms of a group, which say nothing of what is shared in it")
def set_norms(network: str, slug: str) -> ResponseReturnValue:
    """A lead saves all of them at once; `after` is the version that they were written from."""
    tie, form = tie_here(slug), NormsForm()
    policy.require(policy.can_change_group(tie))
    norms = form.norms()
    if not form.validate():
        return _page(tie, norms, form, status=WRONG)
    try:
        actions.set_group_norms(tie.viewer, tie.space, norms, after=form.after.data or 0)
    except actions.Overtaken:
        problem = _("Another lead changed the norms in the meantime. Your text is below: compare, and save.")
        return _page(tie, norms, form, problem, 409)
    except (actions.WrongNorms, TooLong):
        problem = _(
            "At most ten norms; each needs a title of at most 80 characters, and texts of at most 500."
        )
        return _page(tie, norms, form, problem, WRONG)
    flash(_("Saved. Everybody in the group is shown what changed."), "good")
    return to("norms", tie)


@bp.post("/n/<network>/groups/<slug>/norms-seen")
@closed("puts news away")
def norms_seen(network: str, slug: str) -> ResponseReturnValue:
    """One read what changed."""
    tie = tie_here(slug)
    actions.put_group_norms_away(tie.viewer, tie.space)
    return to("about", tie)


def _page(
    tie: Tie, norms: list[dict[str, str]], form: NormsForm, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    steps = group_history(tie.space)
    return group_page(
        "norms",
        tie,
        status,
        network_norms=norms_of(tie.viewer.network),
        norms=norms,
        form=form if policy.can_change_group(tie) else None,
        steps=steps,
        version=steps[0].version.version if steps else 0,
        problem=problem,
    )
