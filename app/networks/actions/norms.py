"""Norms: what a network promises one another, in numbered versions.

Rules: a version that somebody accepted never changes; one that nobody accepted yet is
rewritten in place. Members accept the version that holds, by number.
"""

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.words import lines, name_of
from app.networks.events import MemberWelcomed, NormsAdopted
from app.networks.models import Member, Network, NormsVersion, with_refs
from app.networks.policy import Actor

MOST = 20
TITLE, MEANING = 80, 500


class Overtaken(Exception):
    """Somebody else adopted another version in the meantime."""


class WrongNorms(ValueError):
    """No norm at all, too many, or one without a title."""


@command
def adopt_norms(
    actor: Actor,
    network: Network,
    norms: Sequence[dict[str, str]],
    *,
    after: int | None = None,
    why: str = "",
) -> NormsVersion:
    """Make `norms` the ones that hold, with a word on `why`; who adopts them has accepted them.

    `after`: the version they were written from. A norm says its `ref`, or is a new one.

    Raises WrongNorms, TooLong, and Overtaken where another version came first.
    """
    policy.insist(policy.can_change_network(actor, network))
    # Its settings may have been read before another one's version came: of two, one is told.
    db.session.refresh(network, with_for_update=True)
    current = _version(network, network.norms_version)
    if after is not None and after != current.version:
        raise Overtaken
    kept = with_refs(tidied(norms), _refs(network), now=current.norms)
    if kept == current.norms:
        return current
    if _nobody_accepted(network):
        current.norms, current.adopted_at = kept, clock.now()
        return current
    version = NormsVersion(
        network_id=network.id,
        version=current.version + 1,
        norms=kept,
        adopted_at=clock.now(),
        adopted_by_id=actor.id if isinstance(actor, Member) else None,
        why=lines(why, MEANING),
    )
    db.session.add(version)
    network.settings = {**network.settings, "norms_version": version.version}
    if isinstance(actor, Member):
        actor.norms_version, actor.norms_put_off = version.version, None
    publish(NormsAdopted(network.id, version.version))
    return version


@command
def accept_norms(actor: Member, version: int) -> None:
    """Accept the version that was shown. Raises Overtaken when it holds no more."""
    policy.insist(actor.may_read)
    if version != actor.network.norms_version:
        raise Overtaken
    actor.norms_version, actor.norms_put_off = version, None


@command
def put_off_norms(actor: Member, version: int) -> None:
    """Read along without accepting this version yet, where an earlier one was accepted. Raises Overtaken."""
    policy.insist(policy.can_put_off_norms(actor, actor))
    if version != actor.network.norms_version:
        raise Overtaken
    actor.norms_put_off = version


@command
def put_hint_away(actor: Member) -> None:
    """The norms beside a first post were read; they do not come again."""
    policy.insist(actor.may_read)
    actor.norms_hint_away = True


@command
def finish_welcome(actor: Member) -> None:
    """The welcome's last page was reached; it does not come again by itself."""
    policy.insist(actor.may_read)
    if actor.welcomed_at is None and actor.norms_version is not None:
        actor.welcomed_at = clock.now()
        publish(MemberWelcomed(actor.id))


def _version(network: Network, number: int) -> NormsVersion:
    wanted = (NormsVersion.network_id == network.id, NormsVersion.version == number)
    return db.session.scalars(select(NormsVersion).where(*wanted)).one()


def _refs(network: Network) -> set[str]:
    """Every ref that any version gave."""
    versions = db.session.scalars(select(NormsVersion.norms).where(NormsVersion.network_id == network.id))
    return {norm["ref"] for norms in versions for norm in norms}


def _nobody_accepted(network: Network) -> bool:
    accepted = exists().where(Member.network_id == network.id, Member.norms_version.is_not(None))
    return not db.session.scalar(select(accepted))


def tidied(norms: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """What was typed, measured and without stray characters. Raises WrongNorms."""
    if not norms or len(norms) > MOST:
        raise WrongNorms
    try:
        return [
            {
                "ref": norm.get("ref", ""),
                "title": name_of(norm.get("title", ""), TITLE),
                "meaning": lines(norm.get("meaning", ""), MEANING),
                "example": lines(norm.get("example", ""), MEANING),
            }
            for norm in norms
        ]
    except ValueError as error:
        raise WrongNorms(str(error)) from error
