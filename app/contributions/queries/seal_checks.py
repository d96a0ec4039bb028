"""What the doctor looks at where things were shared without a name: that no row names anybody, and that key
and store are there and belong together."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from app.contributions.models import Attachment, Contribution, ReadPlace
from app.core import seals
from app.core.db import db
from app.core.doctor import check
from app.core.files.models import StoredFile


@check("sealed: rows name nobody")
def rows_name_nobody() -> Iterable[str]:
    named = or_(
        Contribution.author_id.is_not(None),
        Contribution.author_role.is_not(None),
        Contribution.author_site_id.is_not(None),
        Contribution.author_grades != 0,
    )
    for contribution_id in db.session.scalars(
        select(Contribution.id).where(Contribution.seal.is_not(None), named)
    ):
        yield f"contribution {contribution_id} is sealed and says whose it is"
    uploads = (
        select(Attachment.contribution_id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Contribution.seal.is_not(None), StoredFile.uploader_id.is_not(None))
    )
    for contribution_id in db.session.scalars(uploads):
        yield f"contribution {contribution_id} is sealed and a file of it says who uploaded it"


@check("sealed: places")
def places() -> Iterable[str]:
    """Who alone has no place in a talk would be its author: nobody has one."""
    query = select(ReadPlace.contribution_id).join(Contribution, Contribution.id == ReadPlace.contribution_id)
    for contribution_id in db.session.scalars(query.where(Contribution.seal.is_not(None)).distinct()):
        yield f"contribution {contribution_id} is sealed and keeps who read it"


@check("sealed: key and store")
def key_and_store() -> Iterable[str]:
    """Only where something was sealed: everybody else needs neither."""
    sealed = select(Contribution.id).where(Contribution.seal.is_not(None))
    if db.session.scalar(sealed.limit(1)) is None:
        return
    trouble = seals.trouble()
    if trouble is not None:
        yield f"{trouble}: sealed posts cannot be opened, nor edited by those who wrote them"
