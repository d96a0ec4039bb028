"""Reporting: which norm, what is wrong, and a copy of it as it was.

A report of a student's privacy holds what it is about at once, three times a week for each reporter;
reports by people of two schools hold it until somebody has judged. Ten reports a day are plenty; who was
found to misuse them has one; what somebody found fine is reported again once it has changed.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.contributions.actions import hold
from app.contributions.models import Contribution
from app.contributions.policy import is_author
from app.contributions.queries import get_contribution
from app.core import clock
from app.core.access import Forbidden, NotFound
from app.core.bell import Rung
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import TooLong
from app.moderation.actions.claims import let_go_of
from app.moderation.actions.opening import (
    add_report,
    again_if_met,
    case_about,
    case_of_contribution,
    tell_judges,
)
from app.moderation.events import SealedHeld
from app.moderation.models import Case, Report
from app.moderation.models.cases import PRIVACY_REPORTED, REPORTED
from app.moderation.policy import may, require, role_of
from app.moderation.queries.copies import copy_of, copy_of_group, copy_of_member
from app.moderation.queries.norms import norm_here
from app.moderation.queries.reports import found_fine, misuses_of, reported_already
from app.networks.models import Member
from app.networks.queries import member_of
from app.spaces.models import Space
from app.spaces.policy.groups import Tie
from app.spaces.policy.leads import acting_leads

A_DAY, A_DAY_AFTER_MISUSE = 10, 1
PRIVACY_HOLDS_A_WEEK = 3
MISUSES = 3
WORDS = 1000
OTHER = "other"
"""In place of a norm: who judges chooses it."""


class TooManyReports(Exception):
    """Enough for today; nothing was sent."""


class FoundFine(Exception):
    """They reported just this before, somebody found it fine, and it has not changed since."""


@again_if_met
@command
def report_contribution(
    actor: Member, it: Contribution, *, ref: str, words: str = "", around: bool = True
) -> Report:
    """Ask the facilitators to look at something that was shared. `ref`: the norm, or `privacy`.

    Raises NotFound, Forbidden (one's own), TooManyReports, FoundFine, TooLong. Again while it is open: the
    first report.
    """
    it = get_contribution(actor, it.id)
    if it.state != "published" or not (it.text or it.card):
        raise NotFound
    require(not is_author(actor, it))
    norm = _why(it.space, ref)
    before = reported_already(actor, f"contribution:{it.id}")
    if before is not None:
        return before
    _check(actor, words)
    copy = copy_of(actor if around else None, it)
    _check_anew(actor, copy, contribution_id=it.id)
    case = case_of_contribution(it, norm["why"])
    report = _add(actor, case, words, norm, copy)
    _hold_back(actor, case, it)
    tell_judges(case, anew=True)
    return report


@again_if_met
@command
def report_member(actor: Member, member: Member, *, ref: str, words: str = "") -> Report:
    """The same for what a profile says."""
    member = member_of(actor, member.id)
    require(member.id != actor.id)
    norm = _why(None, ref, actor)
    key = f"member:{member.id}"
    before = reported_already(actor, key)
    if before is not None:
        return before
    _check(actor, words)
    copy = copy_of_member(member)
    _check_anew(actor, copy, subject="member", author_id=member.id)
    case = case_about(norm["why"], actor.network_id, key, subject="member", author_id=member.id)
    report = _add(actor, case, words, norm, copy)
    tell_judges(case, anew=True)
    return report


@again_if_met
@command
def report_group(actor: Member, tie: Tie, *, ref: str, words: str = "") -> Report:
    """The same for a group's name and what it says of itself; its leads are parties of the case."""
    space = tie.space
    norm = _why(space, ref)
    key = f"group:{space.id}"
    before = reported_already(actor, key)
    if before is not None:
        return before
    _check(actor, words)
    copy = copy_of_group(space)
    _check_anew(actor, copy, subject="group", space_id=space.id)
    lead_id = _first_lead(space)
    more: dict[str, Any] = {"subject": "group", "space_id": space.id, "author_id": lead_id}
    case = case_about(norm["why"], actor.network_id, key, **more)
    report = _add(actor, case, words, norm, copy)
    tell_judges(case, anew=True)
    return report


def _first_lead(space: Space) -> int | None:
    return db.session.scalar(acting_leads(space.id).limit(1))


def _why(space: Space | None, ref: str, actor: Member | None = None) -> dict[str, Any]:
    """The columns that keep the norm as it is now. Raises NotFound for one that does not hold there."""
    if ref == "privacy":
        return {"why": "privacy", "norm_ref": "", "norm_title": "", "norm_version": None}
    if ref == OTHER:
        return {"why": "norm", "norm_ref": OTHER, "norm_title": "", "norm_version": None}
    network = space.network_id if space is not None else actor.network_id if actor else 0
    return {"why": "norm", **norm_here(network, space, ref)}


def _check(actor: Member, words: str) -> None:
    require(may("report", role_of(actor, actor.network_id)))
    if len(words) > WORDS:
        raise TooLong(WORDS)
    today = _count(actor, timedelta(days=1))
    if today >= (A_DAY_AFTER_MISUSE if misuses_of(actor.id) >= MISUSES else A_DAY):
        raise TooManyReports


def _check_anew(actor: Member, copy: dict[str, Any], **subject: Any) -> None:
    if found_fine(actor, copy, subject):
        raise FoundFine


def _count(actor: Member, since: timedelta, *more: Any) -> int:
    mine = (Report.reporter_id == actor.id, Report.made_at > clock.now() - since)
    return db.session.scalar(select(func.count(Report.id)).where(*mine, *more)) or 0


def _add(actor: Member, case: Case, words: str, norm: dict[str, Any], copy: dict[str, Any]) -> Report:
    if norm["why"] == "privacy":
        case.is_urgent, case.why = True, "privacy"
    if case.author_id == actor.id:
        raise Forbidden
    said = {"reporter_id": actor.id, "site_id": actor.site_id, "words": words.strip(), "copy": copy}
    report = add_report(case, **said, **norm)
    let_go_of(case)
    return report


def _hold_back(actor: Member, case: Case, it: Contribution) -> None:
    """At once for a student's privacy, and where people of two schools agree."""
    reason = None
    reports = list(db.session.scalars(select(Report).where(Report.case_id == case.id)))
    if any(report.why == "privacy" and report.reporter_id == actor.id for report in reports):
        week = _count(actor, timedelta(days=7), Report.why == "privacy")
        reason = PRIVACY_REPORTED if week <= PRIVACY_HOLDS_A_WEEK else None
    if reason is None and len({report.site_id for report in reports} - {None}) > 1:
        reason = REPORTED
    if reason is not None and it.state == "published":
        case.holds = True
        hold(it, reason=reason)
        if case.author_id is not None:
            publish(Rung(case.author_id, "mod_held", it.id))
        elif it.seal is not None:
            publish(SealedHeld(it.id, case.id))
