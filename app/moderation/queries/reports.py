"""A member's own reports with what became of them, and what is known of somebody who reports."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.core import clock
from app.core.db import db
from app.core.pages import Page, page_of
from app.moderation.models import Case, Report
from app.networks.models import Member

REMEMBERED = timedelta(days=90)


def my_reports(viewer: Member, cursor: str | None = None) -> Page[Report]:
    """What I reported here, the newest first, each with its case."""
    query = (
        select(Report)
        .options(joinedload(Report.case).joinedload(Case.contribution))
        .where(Report.reporter_id == viewer.id)
    )
    return page_of(query, [Report.made_at, Report.id], cursor)


def still_seen(viewer: Member, reports: Sequence[Report]) -> dict[int, Contribution]:
    """What these reports are about, as far as the viewer sees it now."""
    ids = {report.case.contribution_id for report in reports} - {None}
    query = select(Contribution).where(Contribution.id.in_(ids), visible_to(viewer))
    return {it.id: it for it in db.session.scalars(query.where(Contribution.state != "removed"))}


def reported_already(actor: Member, key: str) -> Report | None:
    """The actor's report in the open case of this subject."""
    query = select(Report).join(Case).where(Case.open_key == key, Report.reporter_id == actor.id)
    found: Report | None = db.session.scalar(query.limit(1))
    return found


def misuses_of(member_id: int) -> int:
    """How many reports of the last three months were found to be sent to hurt somebody."""
    recent = Report.made_at > clock.now() - REMEMBERED
    query = select(func.count(Report.id)).where(Report.reporter_id == member_id, Report.was_misuse, recent)
    return db.session.scalar(query) or 0


def fine_of(member_id: int) -> int:
    """How many of somebody's reports of the last three months were about something that was found fine."""
    recent = (Report.reporter_id == member_id, Report.made_at > clock.now() - REMEMBERED)
    found = select(func.count(Report.id)).join(Case, Case.id == Report.case_id)
    return db.session.scalar(found.where(*recent, Case.state == "done", Case.outcome == "none")) or 0


def found_fine(actor: Member, copy: Mapping[str, Any], subject: Mapping[str, Any]) -> bool:
    """Whether the actor reported just these words before, and somebody found them fine. `subject`: the
    columns of a case that say what it is about.
    """
    query = select(Report).join(Case, Case.id == Report.case_id).filter_by(reporter_id=actor.id)
    wanted = [getattr(Case, column) == value for column, value in subject.items()]
    fine = query.where(Case.state == "done", Case.outcome == "none", *wanted)
    return any(_words(report.copy) == _words(copy) for report in db.session.scalars(fine))


def _words(copy: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(copy.get(part) for part in ("title", "text", "more", "files"))


def reports_by(member_id: int) -> int:
    """How many reports somebody sent in the last three months."""
    recent = Report.made_at > clock.now() - REMEMBERED
    query = select(func.count(Report.id)).where(Report.reporter_id == member_id, recent)
    return db.session.scalar(query) or 0
