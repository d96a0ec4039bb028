"""Student privacy, as what is shared needs it: what was found, and what the author kept.

`overruled` is what moderation reads: the findings that the author decided are fine. Whoever hears
ContributionPosted, ContributionEdited, ReplyPosted or ReplyEdited may ask it in the same transaction.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from app.contributions.models import Attachment, Contribution, PrivacyKept
from app.core.db import db
from app.core.files.models import StoredFile
from app.networks.models import Member
from app.networks.queries.known import known_in
from app.privacy.models import WATCHED, Finding, undecided
from app.privacy.policy import look
from app.privacy.queries import found_in

Looker = Callable[[Member, str], list[Finding]]
_lookers: list[Looker] = []
LOOKED_AT = 60_000
"""Letters of one thing that is shared: three times the longest reply."""
WHILE_WRITING = 20_000
"""Letters that are looked at while somebody still writes; all of them are as it is sent."""


def overruled(contribution_id: int) -> list[PrivacyKept]:
    """What the check pointed out in a contribution and its author kept, as kinds; empty for nothing."""
    mine = (PrivacyKept.contribution_id == contribution_id, PrivacyKept.kind != WATCHED)
    query = select(PrivacyKept).where(*mine)
    return list(db.session.scalars(query.order_by(PrivacyKept.kind, PrivacyKept.mark)))


def look_at(viewer: Member, words: str, file_keys: Sequence[str] = ()) -> tuple[list[Finding], bool]:
    """Findings in what the viewer writes and in their own uploads; whether one of these is being read."""
    words = words[:LOOKED_AT]
    found = look(words)
    if found:
        found = look(words, known_in(viewer.network_id))
    uploads = own_uploads(viewer, file_keys)
    in_files, waiting = found_in(uploads, lambda: known_in(viewer.network_id))
    watched = [finding for looker in _lookers for finding in looker(viewer, words)]
    return undecided([*found, *in_files, *watched], ()), waiting


def looks_too(function: Looker) -> Looker:
    """Register what else an author is asked about before it goes out, as findings of the kind `watched`."""
    if function not in _lookers:
        _lookers.append(function)
    return function


def own_uploads(viewer: Member, keys: Sequence[str], *, locked: bool = False) -> list[StoredFile]:
    """The viewer's uploads of these keys. `locked`: until the commit nobody writes what was found in them."""
    if not keys:
        return []
    mine = (StoredFile.uploader_id == viewer.id, StoredFile.network_id == viewer.network_id)
    query = select(StoredFile).where(StoredFile.key.in_(list(keys)), *mine).order_by(StoredFile.id)
    return list(db.session.scalars(query.with_for_update() if locked else query))


def undecided_in_files(contribution: Contribution) -> list[Finding]:
    """What was found in its files and its author has not decided on."""
    carried = select(StoredFile).join(Attachment, Attachment.file_id == StoredFile.id)
    files = list(db.session.scalars(carried.where(Attachment.contribution_id == contribution.id)))
    found, _waiting = found_in(files, lambda: known_in(contribution.network_id))
    return undecided(found, [kept.mark for kept in overruled(contribution.id)])


def carrying_publicly(file_id: int) -> list[Contribution]:
    """What stands and carries this file."""
    query = select(Contribution).join(Attachment, Attachment.contribution_id == Contribution.id)
    return list(
        db.session.scalars(query.where(Attachment.file_id == file_id, Contribution.state == "published"))
    )
