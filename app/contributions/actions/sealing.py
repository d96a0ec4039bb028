"""Sharing without a name: when that goes, how fast, and what is taken out of files first.

Rules: the row of what is sealed never holds its author, not even for a moment: the store outside the
database is told first. Whatever goes with it (files, places, promises) holds nobody either.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from app.contributions.actions.attaching import fresh_uploads
from app.contributions.actions.pace import JUST_NOW, SaidBefore
from app.contributions.events import SealsEmptied
from app.contributions.models import Contribution
from app.contributions.policy import is_sealed_by, seal_of, seals_match
from app.contributions.queries.sealed import letterbox_of, spaces_to_seal_in
from app.core import clock, limits, seals
from app.core.db import db
from app.core.events import publish
from app.core.kinds import kinds
from app.core.limits import TooFast
from app.core.previews.process import StillNamed
from app.core.previews.stripping import is_looked_through, strip_now
from app.networks.models import Member
from app.networks.policy import has_sealed
from app.spaces.models import Space

UNSUCCESSFUL = (None, "mixed", "did_not_work")
MISSED_AFTER = timedelta(hours=1)
RATES = {"post": "8/hour", "reply": "60/hour"}
"""Counted in memory under a mark: no row says how much somebody shared without their name."""


class NotSealable(ValueError):
    """It cannot go without a name: `str()` says why, to the person who is writing."""


class NamesInside(NotSealable):
    """A file says who made it, and cannot be written anew without that."""


class NotSure(ValueError):
    """A sealed author answers under their name, and has not said that they are sure."""


def require_sealable(actor: Member, space: Space, kind: str, outcome: str | None) -> None:
    """Raises NotSealable where this may not be shared without a name."""
    if not kinds.get(kind).can_be_sealed:
        raise NotSealable(_("Only a question, or something that you tried, goes without your name."))
    if outcome not in UNSUCCESSFUL:
        raise NotSealable(_("What worked goes with your name: others will want to ask you about it."))
    if space.id not in spaces_to_seal_in(actor, [space.id]):
        raise NotSealable(
            _("Here it would not stay hidden that it is you. Choose another place, where more people are.")
        )


def answers_unnamed(actor: Member, root: Contribution) -> bool:
    """Whether `actor` began this talk without their name.

    Without the key nobody can tell, and nobody answers: it might be the author, under their name. Raises
    NotSealable.
    """
    if root.seal is not None and seals.trouble() is not None:
        raise NotSealable(_("Nobody can answer here just now: something is missing on our server."))
    return is_sealed_by(actor, root)


def seal(actor: Member, contribution: Contribution) -> None:
    """Tie a flushed contribution without an author to `actor`. Inside a command. Raises NotSealable, and
    seals.Busy: then the same again, outside of the transaction, may work in a moment."""
    try:
        seals.keep(contribution.id, actor.id)
        contribution.seal = seal_of(contribution.id, actor.id)
    except seals.Busy:
        raise
    except seals.NotReady as error:
        raise NotSealable(_("Nothing can be shared without a name just now.")) from error
    db.session.flush()


def keep_sealed_pace(actor: Member, what: str, same_as: ColumnElement[bool] | None) -> None:
    """Before another `post` or `reply` without a name. Raises TooFast, SaidBefore."""
    if not limits.is_on():
        return
    lately = Contribution.published_at > clock.now() - JUST_NOW
    if same_as is not None:
        alike = select(Contribution.id, Contribution.seal).where(
            same_as, lately, Contribution.seal.is_not(None)
        )
        if any(seals_match(actor, row.id, row.seal or "") for row in db.session.execute(alike)):
            raise SaidBefore
    if not limits.allowed(f"sealed-{what}", RATES[what], seals.mark("pace", actor.id)):
        raise TooFast(str(_l("That was a lot without a name within one hour. Please wait a while.")), 1800)


def take_names_out(actor: Member, keys: Sequence[str]) -> None:
    """Write the uploads of `keys` anew without the names of their makers. Outside a command.

    May be repeated. Raises NamesInside for one where that does not go.
    """
    account = actor.account
    said = [name for name in (actor.name, account and account.name, account and account.email) if name]
    uploads = [(file.id, file.name) for file in fresh_uploads(actor, keys) if is_looked_through(file)]
    for file_id, name in uploads:
        try:
            done = strip_now(file_id, said)
        except StillNamed as error:
            sentence = _(
                "%(file)s still carries your name, or something that we cannot look into. Take it out, or "
                "leave the file away.",
                file=name,
            )
            raise NamesInside(sentence) from error
        if not done:
            sentence = _(
                "%(file)s says inside who made it, and we cannot take that out. Leave it away.", file=name
            )
            raise NamesInside(sentence)


def empty_seals(member: Member, ids: Sequence[int]) -> None:
    """Nobody is behind these seals any more. Inside a command; the store follows after the commit, letters
    too: it may be busy, and nobody waits for it with the database in their hand.

    The seal stays a seal, of nobody: the post still shows no name, and never "former member".
    """
    for contribution_id in ids:
        contribution = db.session.get_one(Contribution, contribution_id)
        contribution.seal = secrets.token_hex(32)
    db.session.flush()
    owner = ""
    if has_sealed(member.network):
        with suppress(seals.NotReady):
            owner = letterbox_of(member)
    if ids or owner:
        publish(SealsEmptied(ids=list(ids), owner=owner))


def sweep() -> int:
    """Empty the store's rows that stand for nothing: their post never came, or its seal was emptied.

    An hour at least lies between a row and its being missed. Returns how many went.
    """
    gone = [
        subject for subject in seals.subjects(before=clock.now() - MISSED_AFTER) if not _is_sealed(subject)
    ]
    db.session.rollback()
    seals.forget(gone)
    return len(gone)


def _is_sealed(subject: int) -> bool:
    contribution = db.session.get(Contribution, subject)
    return (
        contribution is not None and contribution.seal is not None and sealed_author(contribution) is not None
    )


def write_to_author(contribution: Contribution, said: dict[str, str | int]) -> bool:
    """Leave a letter for a sealed author, whom no table names; False where nobody is known behind the seal.

    `said` is what the letter's page shows: `kind`, `about` (the contribution's number) and words.
    """
    author = sealed_author(contribution)
    if author is None:
        return False
    seals.write_letter(letterbox_of(author), said)
    return True


def sealed_author(contribution: Contribution) -> Member | None:
    """Who is behind the seal. For opening and for letters alone. Raises seals.NotReady."""
    person = seals.whose(contribution.id)
    author = db.session.get(Member, person) if person is not None else None
    fits = author is not None and seals_match(author, contribution.id, contribution.seal or "")
    return author if fits else None
