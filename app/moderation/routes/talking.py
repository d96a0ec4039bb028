"""Talking to the author first: a private message that begins with how it landed."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.queries import get_contribution
from app.contributions.routes.answers import address_of
from app.conversations.actions import NotTaken, begin_conversation
from app.core import text
from app.core.access import NotFound, current_viewer
from app.core.doors import closed
from app.core.limits import limited
from app.core.text import excerpt
from app.moderation.policy import require
from app.moderation.routes import bp
from app.moderation.routes.reporting import can_report
from app.networks.models import Member


def _of(viewer: Member, contribution_id: int) -> tuple[Contribution, Member]:
    it = get_contribution(viewer, contribution_id)
    require(can_report(viewer, it))
    if it.seal is not None or it.author is None:
        raise NotFound
    return it, it.author


@bp.get("/n/<network>/report/c/<int:contribution_id>/talk")
@closed("the beginning of a message of the viewer's own")
def talk(network: str, contribution_id: int) -> str:
    viewer = current_viewer()
    it, author = _of(viewer, contribution_id)
    about = it.title or excerpt(it.text, 60)
    first = author.name.split()[0] if author.name else ""
    said = _(
        "Hello %(name)s, I read “%(about)s”. Here is how it landed with me: \n\nWhat did you have in mind?",
        name=first,
        about=about,
    )
    return _page(it, author, said)


def _page(it: Contribution, author: Member, said: str) -> str:
    return render_template("moderation/talk.html", it=it, author=author, said=said)


@bp.post("/n/<network>/report/c/<int:contribution_id>/talk")
@limited("20/hour")
@closed("answers with the address of what the viewer just began")
def begin_talk(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    it, author = _of(viewer, contribution_id)
    said = request.form.get("text", "")
    try:
        message = begin_conversation(viewer, [author.id], html=text.from_plain(said))
    except NotTaken:
        flash(
            _("You cannot talk with this colleague just now. The facilitators can look at it."),
            "problem",
        )
        return _page(it, author, said), 403
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return _page(it, author, said), problem.status
    return redirect(address_of(viewer, message), 303)
