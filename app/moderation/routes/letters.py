"""Letters and appeals: pages of no network, so that they open on a break and after the end of a membership
too.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.models import Contribution
from app.contributions.policy import is_author
from app.core import sections
from app.core.access import current_account
from app.core.addresses import path_for
from app.core.db import db
from app.core.doors import closed
from app.core.limits import limited
from app.core.text import TooLong
from app.moderation import actions
from app.moderation.actions.appealing import WORDS
from app.moderation.models import Act
from app.moderation.queries.judges import seat_at
from app.moderation.queries.letters import appeal_of, get_letter, letter_about, letter_of_rest
from app.moderation.queries.norms import meaning_of
from app.moderation.routes import bp
from app.networks.models import Member
from app.networks.routes.along import finds_letter

WRONG = 422


@sections.fills("held")
def in_what_is_held(viewer: Member | None, shown: Contribution) -> str:
    """To its author: the way to the letter about it. `shown` may be a row of a list; there is no viewer where
    a reply has just come by the live line, and no letter yet.
    """
    if viewer is None:
        return ""
    it = db.session.get_one(Contribution, shown.id)
    act = letter_about(it.id) if is_author(viewer, it) else None
    return render_template("moderation/_letter_link.html", act=act) if act is not None else ""


@finds_letter
def why_a_break(member: Member) -> str | None:
    """The address of the letter that asked for their break."""
    act = letter_of_rest(member)
    return path_for("moderation.letter", act_id=act.id) if act is not None else None


@sections.fills("break")
def where_it_was_asked(here: Member, member: Member) -> str:
    """On the page of a member: the case that a break was asked for in, for who may see it."""
    act = letter_of_rest(member)
    if act is None or not seat_at(here, act.case).may("see"):
        return ""
    return render_template("moderation/_break_link.html", case=act.case)


@bp.get("/moderation/letters/<int:act_id>")
@closed("a letter to the viewer, with none of what was shared")
def letter(act_id: int) -> str:
    """What was done, why, by which norm, and how to ask somebody else."""
    return _page(act_id)


def _page(act_id: int, said: str = "") -> str:
    act, reader = get_letter(current_account(), act_id)
    return render_template(
        "moderation/letter.html",
        act=act,
        reader=reader,
        appeal=appeal_of(act),
        said=said,
        may_write=_may_write(act, reader),
        limit=WORDS,
        about=_about(act, reader),
        meaning=meaning_of(act.network_id, act.case.space, act.norm_ref),
    )


def _may_write(act: Act, reader: Member) -> bool:
    """Whether the letter offers a conversation with who wrote it: by name, and no talk was begun with it."""
    named = act.member_id is not None and act.by is not None and act.by.may_read and act.by_id != reader.id
    return named and reader.may_write and not act.before.get("root_id")


def _about(act: Act, reader: Member) -> Contribution | None:
    """What it is about, where its author still sees it."""
    it = act.case.contribution
    return (
        it if it is not None and reader.may_read and it.state != "removed" and is_author(reader, it) else None
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
