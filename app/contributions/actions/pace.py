"""How much somebody shares within an hour, and whether they have just said the same.

Counted from the contributions themselves, inside the command that adds one; a repeat of a known key never
comes here. What goes at which pace is `networks.actions.pace`'s.
"""

from datetime import timedelta
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, false, func, select

from app.contributions.models import Contribution, Mention
from app.contributions.policy import authored_by
from app.core import clock, limits, seals
from app.core.db import db
from app.core.kinds import kinds
from app.core.limits import TooFast
from app.networks.actions.pace import HOUR, keep_pace, most
from app.networks.models import Member
from app.spaces.models import Space

JUST_NOW: Final = timedelta(minutes=5)


class SaidBefore(ValueError):
    """The same words stand there already, by the same hand, since a few minutes."""


def keep_sharing_pace(actor: Member, kind: str, *, same_as: ColumnElement[bool] | None = None) -> None:
    """Before another of `kind`. Raises TooFast, and SaidBefore where `same_as` (a clause) holds just now."""
    if not limits.is_on():
        return
    pace = kinds.get(kind).pace if kind in kinds else "replies"
    of_this = _roots_at(pace) if pace != "replies" else Contribution.root_id.is_not(None)
    said = false() if same_as is None else same_as
    again = func.count().filter(said, Contribution.published_at > clock.now() - JUST_NOW)
    query = select(func.count().filter(of_this), func.min(Contribution.published_at).filter(of_this), again)
    lately = Contribution.published_at > clock.now() - HOUR
    done, first, repeated = db.session.execute(query.where(authored_by(actor), lately)).one()
    if repeated:
        raise SaidBefore
    keep_pace(actor, pace, done, first)


def same_words(space: Space, kind: str, title: str, words: str) -> ColumnElement[bool] | None:
    """The same words in the same space; without words nothing is the same."""
    if not words:
        return None
    same = (Contribution.space_id == space.id, Contribution.kind == kind, Contribution.title == title)
    return and_(*same, Contribution.text == words)


def same_reply(root: Contribution, parent: Contribution | None, html: str) -> ColumnElement[bool]:
    """The same words in answer to the same."""
    under = Contribution.parent_id.is_not_distinct_from(parent.id if parent else None)
    return and_(Contribution.root_id == root.id, under, Contribution.html == html)


def _roots_at(pace: str) -> ColumnElement[bool]:
    return and_(Contribution.root_id.is_(None), Contribution.kind.in_(kinds.at_pace(pace)))


def keep_naming_pace(actor: Member, more: int, *, sealed: bool) -> None:
    """Before `more` people are named. Raises TooFast.

    Whom somebody names without their own name is counted in memory under a mark, edits too: no row says who
    named them.
    """
    if not limits.is_on() or not more:
        return
    if sealed:
        rate, who = f"{most(actor, 'mentions')}/hour", seals.mark("pace", actor.id)
        if not limits.allowed("sealed-mentions", rate, who, cost=more):
            raise TooFast(
                str(_l("That was a lot without a name within one hour. Please wait a while.")), 1800
            )
        return
    lately = Contribution.published_at > clock.now() - HOUR
    named = (
        select(func.count(), func.min(Contribution.published_at))
        .select_from(Mention)
        .join(Contribution, Contribution.id == Mention.contribution_id)
    )
    done, first = db.session.execute(named.where(authored_by(actor), lately)).one()
    keep_pace(actor, "mentions", done, first, more=more)
