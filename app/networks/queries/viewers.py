"""Who is looking: an account's member in a network, and the networks of an account.

Neighbours: `core.access` asks `viewer_of` on every page whose address names a network.
"""

from flask import g, has_request_context
from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.core.db import db
from app.core.files.models import StoredFile
from app.networks.models import Member, Network

READS = ("active", "paused")
"""Standings with which one may come in."""


_MEMBERSHIPS = (
    select(Member)
    .join(Member.network)
    .options(contains_eager(Member.network), joinedload(Member.site))
    .where(Member.account_id == bindparam("account_id"), Member.standing.in_(READS))
    .order_by(Network.name, Network.id)
)
"""Built once: every page asks it."""


def is_slug(word: str) -> bool:
    """Whether this could be a network's address at all."""
    return word.isascii() and word.replace("-", "").isalnum()


def viewer_of(account: Account, slug: str) -> Member | None:
    """The member that `account` is in the network `slug`, with network and site."""
    return next((member for member in networks_of(account) if member.network.slug == slug), None)


def networks_of(account: Account) -> list[Member]:
    """The account's memberships, each with its network, by the network's name.

    A request reads them once: the bell counts over all of them on every page.
    """
    if not has_request_context():
        return _memberships(account)
    known: dict[int, list[Member]] = g.setdefault("memberships", {})
    if account.id not in known:
        known[account.id] = _memberships(account)
    return known[account.id]


def _memberships(account: Account) -> list[Member]:
    return list(db.session.scalars(_MEMBERSHIPS, {"account_id": account.id}))


def network_of_slug(slug: str) -> Network | None:
    """For public pages only (asking to join): a network by its address."""
    if not is_slug(slug):
        return None
    found: Network | None = db.session.scalar(select(Network).where(Network.slug == slug))
    return found


def asked_by(account: Account) -> list[Network]:
    """The networks that this account asked and that have not answered yet."""
    query = select(Network).join(Member, Member.network_id == Network.id)
    wanted = (Member.account_id == account.id, Member.standing == "asked")
    return list(db.session.scalars(query.where(*wanted).order_by(Network.name)))


def may_see_photo(account: Account | None, photo: StoredFile) -> bool:
    """A photo is for the people of the network that it was given to."""
    if account is None or not account.is_authenticated or photo.network_id is None:
        return False
    wanted = (Member.account_id == account.id, Member.network_id == photo.network_id)
    here = select(Member.id).where(*wanted, Member.standing.in_(READS))
    return db.session.scalar(here) is not None
