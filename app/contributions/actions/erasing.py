"""A person goes: what they shared stays as a former member's, or goes with them.

Runs inside the transaction that deletes the account. Drafts, saves, places and keys always go;
mentions of the person stay as words in others' texts.
"""

from sqlalchemy import ColumnElement, delete, select

from app.accounts.models import Account
from app.contributions.actions.editing import take_down
from app.contributions.actions.responding import count_down
from app.contributions.actions.sealing import empty_seals
from app.contributions.models import (
    Attachment,
    Commitment,
    Contribution,
    ContributionStandard,
    Draft,
    HereWish,
    IdempotencyKey,
    Mention,
    PrivacyKept,
    Reaction,
    ReadPlace,
    Revision,
    Save,
)
from app.contributions.queries.sealed import own_sealed_ids
from app.core import personal
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.networks.models import Member


@personal.erases(floor=4)
def erase_contributions(account: Account, keep_contributions: bool) -> None:
    """Take a person's traces out of what they shared and answered."""
    for member_id in list(db.session.scalars(select(Member.id).where(Member.account_id == account.id))):
        for model in (Draft, Save, Mention, ReadPlace, HereWish):
            db.session.execute(delete(model).where(model.member_id == member_id))
        member = db.session.get_one(Member, member_id)
        unnamed = own_sealed_ids(member)
        written = (Contribution.author_id == member_id) | Contribution.id.in_(unnamed)
        keys = select(Contribution.id).where(written)
        db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.contribution_id.in_(keys)))
        _discard_loose_files(member_id)
        if not keep_contributions:
            _take_everything(member_id, written)
        empty_seals(member, unnamed)


def _discard_loose_files(member_id: int) -> None:
    loose = select(StoredFile).where(StoredFile.uploader_id == member_id, StoredFile.attached_at.is_(None))
    for stored in list(db.session.scalars(loose)):
        files.discard(stored)


def _take_everything(member_id: int, written: ColumnElement[bool]) -> None:
    _take_responses(member_id)
    newest = select(Contribution).where(written).order_by(Contribution.id.desc())
    for contribution in list(db.session.scalars(newest)):
        if contribution.state != "removed":
            take_down(contribution, reason="account deleted")
        for attachment in list(_attachments(contribution.id)):
            stored = attachment.file
            db.session.delete(attachment)
            db.session.flush()
            files.discard(stored)
        for model in (Revision, ContributionStandard, PrivacyKept):
            db.session.execute(delete(model).where(model.contribution_id == contribution.id))
        contribution.author_id = contribution.author_site_id = contribution.author_role = None
        contribution.author_grades = 0
    db.session.flush()


def _attachments(contribution_id: int) -> list[Attachment]:
    return list(db.session.scalars(select(Attachment).where(Attachment.contribution_id == contribution_id)))


def _take_responses(member_id: int) -> None:
    """Reactions and commitments go, and the counts with them."""
    for reaction in list(db.session.scalars(select(Reaction).where(Reaction.member_id == member_id))):
        db.session.delete(reaction)
        count_down(reaction.contribution_id, f"{reaction.kind}_count")
    for commitment in list(db.session.scalars(select(Commitment).where(Commitment.member_id == member_id))):
        db.session.delete(commitment)
        if commitment.state != "let_go":
            count_down(commitment.contribution_id, "try_count")
    db.session.flush()
