"""What contributions do when people, schools, drivers and groups change: their cards are made anew.

A card is cached by id and version; a new name, a school's, driver's or group's new name, or an account
that is gone makes every card that shows it grow in version, in the same transaction. What is shared in a
group makes the group lively. And a file that was read is looked through for what looks like a student's.
"""

from sqlalchemy import ColumnElement, or_, select, update

from app.contributions.actions.asking import note_found
from app.contributions.actions.opening import tell_author_of
from app.contributions.events import ContributionPosted, ReplyPosted, SealOpened, SealsEmptied
from app.contributions.models import Contribution
from app.core import seals
from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.core.files.events import FileRead
from app.core.files.models import StoredFile
from app.networks.events import DriverRenamed, MemberChangedProfile, MemberLeft, SiteChanged
from app.networks.queries.known import known_in
from app.privacy.actions import look_through
from app.spaces.actions import note_activity
from app.spaces.events import GroupRenamed


def _renew(*shown: ColumnElement[bool]) -> None:
    roots = select(Contribution.root_id).where(*shown, Contribution.root_id.is_not(None))
    db.session.execute(
        update(Contribution)
        .where(or_(Contribution.id.in_(roots), *shown))
        .values(version=Contribution.version + 1)
        .execution_options(synchronize_session=False)
    )


@on(MemberChangedProfile)
def cards_show_the_new_profile(event: MemberChangedProfile) -> None:
    _renew(Contribution.author_id == event.member_id)


@on(MemberLeft)
def cards_of_who_left(event: MemberLeft) -> None:
    _renew(Contribution.author_id == event.member_id)


@on(SiteChanged)
def cards_show_the_new_school(event: SiteChanged) -> None:
    _renew(Contribution.author_site_id == event.site_id)


@on(DriverRenamed)
def cards_show_the_drivers_new_name(event: DriverRenamed) -> None:
    _renew(Contribution.driver_id == event.driver_id)


@on(GroupRenamed)
def cards_show_the_groups_new_name(event: GroupRenamed) -> None:
    _renew(Contribution.space_id == event.space_id)


@on(ContributionPosted)
def a_post_makes_a_group_lively(event: ContributionPosted) -> None:
    note_activity(event.space_id)


@on(ReplyPosted)
def a_reply_makes_a_group_lively(event: ReplyPosted) -> None:
    note_activity(event.space_id)


@on(FileRead, slow=True)
@closed("looks at words, and keeps kinds and places")
def look_for_student_data(event: FileRead) -> None:
    """Outside any transaction: a long file takes a moment."""
    stored = db.session.get(StoredFile, event.file_id)
    if stored is None or stored.scope != "contribution":
        return
    found = look_through(stored, known_in(stored.network_id))
    db.session.commit()
    note_found(event.file_id, found)


@on(SealsEmptied, after=True, slow=True)
@closed("empties the sealed store of what was theirs")
def the_store_forgets_too(event: SealsEmptied) -> None:
    seals.forget(event.ids)
    if event.owner:
        seals.drop_letters(event.owner)


@on(SealOpened, after=True, slow=True)
@closed("a letter in the sealed store")
def the_author_reads_why(event: SealOpened) -> None:
    tell_author_of(event.opening_id)
