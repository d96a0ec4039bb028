"""Asking the author before something goes out that looks like a student's, and keeping what they decide.

One call for whatever shares something: `found = ask_first(...)` before it is written, `keep_decisions(...)`
after. Rules: what the author has decided comes beside the verb (`privacy.actions.deciding`); where nobody is
there to ask, nothing is asked. What is kept holds no words.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from app.contributions.events import StudentDataFound
from app.contributions.models import Contribution, PrivacyKept
from app.contributions.policy import can_edit, require
from app.contributions.queries import get_contribution
from app.contributions.queries.privacy import carrying_publicly, look_at, own_uploads, undecided_in_files
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files.models import StoredFile
from app.networks.models import Member
from app.privacy.actions import StudentData, decided_here, note_look
from app.privacy.models import Finding, undecided


def ask_first(
    actor: Member, *words: str | None, file_keys: Sequence[str] = (), contribution: Contribution | None = None
) -> list[Finding]:
    """What was found and its author keeps. Raises StudentData for what they have not decided on.

    `contribution` is what is being edited: what was kept of it before is not asked again. Inside a command.
    """
    decided = decided_here()
    if decided is None:
        return []
    own_uploads(actor, file_keys, locked=True)
    found, _waiting = look_at(actor, "\n".join(word for word in words if word), file_keys)
    before = kept_marks(contribution) if contribution is not None else frozenset[str]()
    left = undecided(found, decided | before)
    if left:
        raise StudentData(left)
    return found


def kept_marks(contribution: Contribution) -> frozenset[str]:
    query = select(PrivacyKept.mark).where(PrivacyKept.contribution_id == contribution.id)
    return frozenset(db.session.scalars(query))


def words_on_card(card: Mapping[str, Any]) -> list[str]:
    """What people wrote in the small fields of a kind."""
    return [value for value in card.values() if isinstance(value, str)]


def add_decisions(contribution: Contribution, found: Iterable[Finding]) -> None:
    """Remember what was kept, beside what was kept before. Inside a command."""
    if decided_here() is not None:
        _keep(contribution, undecided(found, kept_marks(contribution)))


def keep_decisions(contribution: Contribution, found: Iterable[Finding]) -> None:
    """Remember what the author kept; what its words do not say any more is forgotten. Inside a command."""
    if decided_here() is None:
        return
    found = list(found)
    forgotten = delete(PrivacyKept).where(
        PrivacyKept.contribution_id == contribution.id,
        PrivacyKept.file_id.is_(None),
        PrivacyKept.mark.not_in([finding.mark for finding in found]),
    )
    db.session.execute(forgotten)
    _keep(contribution, undecided(found, kept_marks(contribution)))


def _keep(contribution: Contribution, findings: Iterable[Finding]) -> None:
    for finding in findings:
        key = finding.place.file_key if finding.place else ""
        file_id = db.session.scalar(select(StoredFile.id).where(StoredFile.key == key)) if key else None
        row = PrivacyKept(
            contribution_id=contribution.id, mark=finding.mark, kind=finding.kind, file_id=file_id
        )
        db.session.add(row)
    db.session.flush()


@command
def keep_found(actor: Member, contribution: Contribution) -> None:
    """Its author decides that what was found in its files later is fine. Raises NotFound, Forbidden."""
    contribution = get_contribution(actor, contribution.id)
    require(can_edit(actor, contribution))
    _keep(contribution, undecided_in_files(contribution))


@command
def note_found(file_id: int, findings: list[Finding]) -> None:
    """A file was looked through: keep what was found, and tell of what stands with it already."""
    if not note_look(file_id, findings):
        return
    for contribution in carrying_publicly(file_id) if findings else []:
        if undecided_in_files(contribution):
            publish(StudentDataFound(contribution.id))
