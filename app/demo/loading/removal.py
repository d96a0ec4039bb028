"""`remove`: take the demo networks out again, with their people and files, and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import delete, exists, select, true

from app.accounts.models import Account
from app.contributions.models import (
    Attachment,
    Commitment,
    Contribution,
    ContributionStandard,
    Mention,
    Reaction,
    Save,
)
from app.core.command import command
from app.core.db import db
from app.core.files import files
from app.core.files.models import FileText, StoredFile
from app.core.streams import Stream
from app.networks.models import Member, Network
from app.posts.models import TriedIt
from app.spaces.models import Space

BATCH = 500
"""Names in one statement; SQLite takes a limited number of them."""


def remove() -> int:
    """Remove every demo network; gives how many there were. Real networks are never touched."""
    keys, count = _remove()
    for key in keys:
        files.store.delete(key)
    return count


@command
def _remove() -> tuple[list[str], int]:
    ids = list(db.session.scalars(select(Network.id).where(Network.is_demo)))
    keys: list[str] = []
    for network_id in ids:
        _forget_streams(network_id)
        keys += _forget_files(network_id)
        _forget_contributions(network_id)
        db.session.execute(delete(Network).where(Network.id == network_id))
    elsewhere = exists(select(Member.id).where(Member.account_id == Account.id))
    db.session.execute(delete(Account).where(Account.is_demo, ~elsewhere))
    return keys, len(ids)


def _forget_streams(network_id: int) -> None:
    for prefix, model in (("space", Space), ("contribution", Contribution), ("member", Member)):
        ids = db.session.scalars(select(model.id).where(model.network_id == network_id))
        for batch in _batches(f"{prefix}:{number}" for number in ids):
            db.session.execute(delete(Stream).where(Stream.name.in_(batch)))


def _forget_contributions(network_id: int) -> None:
    """Leaves first: letting the database follow every link by itself takes minutes at a large scale."""
    theirs = select(Contribution.id).where(Contribution.network_id == network_id)
    for model in (Commitment, Reaction, Save, Mention, Attachment, ContributionStandard, TriedIt):
        db.session.execute(delete(model).where(model.contribution_id.in_(theirs)))
    for bound in (Contribution.parent_id.is_not(None), Contribution.root_id.is_not(None), true()):
        db.session.execute(delete(Contribution).where(Contribution.network_id == network_id, bound))


def _forget_files(network_id: int) -> list[str]:
    columns = (StoredFile.key, StoredFile.thumb_key, StoredFile.preview_key)
    stored = select(*columns).where(StoredFile.network_id == network_id)
    pages = select(FileText.picture_key).join(StoredFile).where(StoredFile.network_id == network_id)
    keys = [key for query in (stored, pages) for row in db.session.execute(query) for key in row if key]
    db.session.execute(delete(StoredFile).where(StoredFile.network_id == network_id))
    return keys


def _batches(names: Iterable[str]) -> Iterator[Sequence[str]]:
    names = iter(names)
    while batch := list(islice(names, BATCH)):
        yield batch
