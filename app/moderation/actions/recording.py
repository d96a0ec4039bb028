"""Writing the record: one line for each act and each change of rights, in its own transaction.

There is no verb that changes or deletes a line, here or anywhere.
"""

from app.core.db import db
from app.moderation.models import Act, Case, RecordLine


def record(
    network_id: int,
    verb: str,
    *,
    by_id: int | None = None,
    member_id: int | None = None,
    case: Case | None = None,
    subject: str = "",
    norm_title: str = "",
    why: str = "",
) -> None:
    """Inside a command. `subject` where it is of no case."""
    line = RecordLine(
        network_id=network_id,
        verb=verb,
        by_id=by_id,
        member_id=member_id,
        case_id=case.id if case is not None else None,
        subject=subject_of(case) if case is not None else subject,
        norm_title=norm_title,
        why=why,
    )
    db.session.add(line)
    db.session.flush()


def record_act(act: Act, case: Case) -> None:
    """What was done, under which norm, and why in a sentence."""
    record(
        act.network_id,
        act.verb,
        by_id=act.by_id,
        member_id=act.member_id,
        case=case,
        norm_title=act.norm_title,
        why=act.reason,
    )


def subject_of(case: Case) -> str:
    """What a case is about, without a word of it."""
    number = {"contribution": case.contribution_id, "member": case.author_id, "group": case.space_id}
    return f"{case.subject}:{number[case.subject] or 0}"
