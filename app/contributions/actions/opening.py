"""Opening a seal: one of the hub asks with a reason, another agrees, both see the name once.

Rules: nobody opens one alone, nor their own. That it was opened, by whom and why is kept; the name is not.
The author is told why: the letter lies in the sealed store, where no row says whose it is.
"""

from app.contributions.actions.sealing import sealed_author, write_to_author
from app.contributions.events import SealAsked, SealOpened
from app.contributions.models import Contribution, SealOpening
from app.contributions.policy import can_ask_to_open, require
from app.contributions.queries import get_contribution
from app.contributions.queries.openings import get_opening, may_agree, may_see, waiting_for
from app.contributions.queries.sealed import HUB_AT_LEAST, letterbox_of
from app.core import clock, seals, text
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.networks.queries import acting_hub

REASON_LIMIT = 1000


@command
def ask_to_open(actor: Member, contribution: Contribution, *, reason: str) -> SealOpening:
    """Ask a second one of the hub to open it; an ask that waits already is that one.

    Raises NotFound, Forbidden, ValueError for a reason without words.
    """
    contribution = get_contribution(actor, contribution.id)
    require(can_ask_to_open(actor, contribution) and acting_hub(actor.network_id) >= HUB_AT_LEAST)
    said = "\n".join(text.line(each) for each in reason[:REASON_LIMIT].splitlines()).strip()
    if len(said) < 10:
        raise ValueError("no reason")
    waits = waiting_for(contribution)
    if waits is not None:
        return waits
    opening = SealOpening(
        network_id=contribution.network_id, contribution_id=contribution.id, reason=said, asked_by_id=actor.id
    )
    db.session.add(opening)
    db.session.flush()
    publish(SealAsked(opening.id, opening.network_id))
    return opening


@command
def agree_to_open(actor: Member, opening: SealOpening) -> SealOpening:
    """The second of the two: now both may see the name, once. Raises NotFound, Forbidden."""
    opening = get_opening(actor, opening.id)
    require(may_agree(actor, opening) and opening.asked_by is not None and opening.asked_by.is_hub)
    opening.agreed_by_id, opening.agreed_at = actor.id, clock.now()
    db.session.flush()
    publish(SealOpened(opening.id, opening.network_id))
    return opening


@command
def see_author(actor: Member, opening: SealOpening) -> Member:
    """Who wrote it: for the two, once each. Raises NotFound, Forbidden, seals.NotReady."""
    opening = get_opening(actor, opening.id)
    require(may_see(actor, opening))
    assert opening.contribution is not None
    author = sealed_author(opening.contribution)
    if author is None:
        raise NotFound
    if opening.asked_by_id == actor.id:
        opening.asker_saw_at = clock.now()
    else:
        opening.agreer_saw_at = clock.now()
    db.session.flush()
    return author


def tell_author_of(opening_id: int) -> None:
    """Leave the author a letter with the reason, once however often this is called. Outside a command."""
    opening = db.session.get(SealOpening, opening_id)
    if opening is None or opening.contribution is None or opening.agreed_at is None:
        return
    author = sealed_author(opening.contribution)
    if author is None or any(
        letter.get("opening") == opening_id for letter in seals.letters_of(letterbox_of(author))
    ):
        return
    root_id = opening.contribution.root_id or opening.contribution.id
    names = [member.name for member in (opening.asked_by, opening.agreed_by) if member is not None]
    said: dict[str, str | int] = {"kind": "opened", "opening": opening_id, "about": root_id}
    write_to_author(opening.contribution, {**said, "reason": opening.reason, "by": ", ".join(names)})
