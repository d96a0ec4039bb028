"""What search hears, inside the transaction of the change itself: only that something changed.

From that commit on the thing is in nobody's reach until the worker has indexed it anew.
"""

from typing import Any

from sqlalchemy import Connection, event, select

from app.contributions.events import (
    ContributionEdited,
    ContributionHeld,
    ContributionMoved,
    ContributionPosted,
    ContributionRemoved,
    ReplyEdited,
    ReplyPosted,
    ReplyRemoved,
    StandardsNamed,
)
from app.contributions.models import ContributionStandard
from app.core.db import db
from app.core.events import on
from app.core.files.events import FileRead
from app.core.search.changes import note
from app.networks.models import Member
from app.search.actions import note_carriers, note_with_replies
from app.spaces.models import Space
from app.standards.events import StandardRecoded


@on(ContributionPosted)
def hear_contribution_posted(happened: ContributionPosted) -> None:
    note_with_replies(happened.contribution_id)


@on(ContributionEdited)
def hear_contribution_edited(happened: ContributionEdited) -> None:
    note([f"contribution:{happened.contribution_id}"])


@on(ContributionRemoved)
def hear_contribution_removed(happened: ContributionRemoved) -> None:
    note_with_replies(happened.contribution_id)


@on(ContributionHeld)
def hear_contribution_held(happened: ContributionHeld) -> None:
    note_with_replies(happened.contribution_id)


@on(ContributionMoved)
def hear_contribution_moved(happened: ContributionMoved) -> None:
    note_with_replies(happened.contribution_id)


@on(ReplyPosted)
def hear_reply_posted(happened: ReplyPosted) -> None:
    note([f"contribution:{happened.reply_id}"])


@on(ReplyEdited)
def hear_reply_edited(happened: ReplyEdited) -> None:
    note([f"contribution:{happened.reply_id}"])


@on(ReplyRemoved)
def hear_reply_removed(happened: ReplyRemoved) -> None:
    note([f"contribution:{happened.reply_id}"])


@on(StandardsNamed)
def hear_standards_named(happened: StandardsNamed) -> None:
    note([f"contribution:{happened.contribution_id}"])


@on(StandardRecoded)
def hear_standard_recoded(happened: StandardRecoded) -> None:
    """Whatever names it is found by its new code."""
    naming = select(ContributionStandard.contribution_id)
    ids = db.session.scalars(naming.where(ContributionStandard.standard_id == happened.standard_id))
    note(f"contribution:{number}" for number in ids)


@on(FileRead)
def hear_file_read(happened: FileRead) -> None:
    """The words inside a file join those of what carries it."""
    note_carriers(happened.file_id)


@event.listens_for(Member, "after_insert")
@event.listens_for(Member, "after_update")
def hear_member(_mapper: Any, connection: Connection, member: Member) -> None:
    """Whatever changed in a person's row: their name, standing, school."""
    note([f"member:{member.id}"], connection)


@event.listens_for(Space, "after_insert")
@event.listens_for(Space, "after_update")
def hear_space(_mapper: Any, connection: Connection, space: Space) -> None:
    """Whatever changed in a space's row: its name, purpose, how one comes in."""
    note([f"space:{space.id}"], connection)
