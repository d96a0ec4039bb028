"""Letters and appeals: pages of no network, so that they open on a break and after the end of a membership
too.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import current_account
from app.core.doors import closed
from app.core.limits import limited
from app.core.text import TooLong
from app.moderation import actions
from app.moderation.actions.appealing import WORDS
from app.moderation.queries.letters import appeal_of, get_letter
from app.moderation.routes import bp

WRONG = 422


@bp.get("/moderation/letters/<int:act_id>")
@closed("a letter to the viewer, with none of what was shared")
def letter(act_id: int) -> str:
    """What was done, why, by which norm, and how to ask somebody else."""
    return _page(act_id)


def _page(act_id: int, said: str = "") -> str:
    act, reader = get_letter(current_account(), act_id)
    return render_template(
        "moderation/letter.html", act=act, reader=reader, appeal=appeal_of(act), said=said, limit=WORDS
    )


@bp.post("/moderation/letters/<int:act_id>/appeal")
@limited("20/hour")
@closed("keeps the viewer's own words for somebody who judges")
def send_appeal(act_id: int) -> ResponseReturnValue:
    said = request.form.get("words", "").replace("\r\n", "\n")
    try:
        actions.appeal(current_account(), act_id, said)
    except actions.AppealedAlready:
        flash(_("You asked already, or it was taken back meanwhile."), "info")
    except TooLong as error:
        flash(_("%(reason)s Your text is kept here.", reason=str(error)), "problem")
        return _page(act_id, said), WRONG
    except ValueError:
        flash(_("Write in a few words how you see it."), "problem")
        return _page(act_id, said), WRONG
    else:
        flash(_("Thank you. Somebody else looks at it, and you will hear from them."), "good")
    return redirect(url_for("moderation.letter", act_id=act_id), 303)
