"""Cases as those who judge read them: the queue over all their networks, and one case with all around it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core import clock
from app.core.db import db
from app.core.pages import Page, page_of
from app.moderation.models import Act, Appeal, Case, CaseNote, Report
from app.moderation.queries.judges import judged_by, reads_along_in, unnamed_of
from app.networks.models import Member
from app.networks.queries import networks_of

OLD = timedelta(days=2)
NORMS_SHOWN = 50


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed by; anything unknown is no filter. `norm`: the title of one that a report
    names; `mine`: claimed by oneself; `old`: opened more than two days ago.
    """

    state: str = "new"
    network: str = ""
    why: str = ""
    norm: str = ""
    mine: bool = False
    old: bool = False

    @property
    def narrows(self) -> bool:
        return self != Filters(self.state)

    def but(self, **changed: Any) -> dict[str, str]:
        """The query of an address with these filters, some of them `changed`."""
        asked = {**asdict(self), **changed}
        said = {name: "1" if value is True else value for name, value in asked.items()}
        return {name: value for name, value in said.items() if value and (name, value) != ("state", "new")}


@dataclass(frozen=True)
class Row:
    """A case in the queue, with its reports and the newest of their copies."""

    case: Case
    reports: Sequence[Report]

    @property
    def copy(self) -> dict[str, Any]:
        return self.reports[-1].copy if self.reports else {}


def open_case_of(key: str) -> Case | None:
    """The case that is open about a subject; its row is locked until the commit."""
    query = select(Case).where(Case.open_key == key).with_for_update(of=Case)
    found: Case | None = db.session.scalar(query.execution_options(populate_existing=True))
    return found


def queue_of(account: Account, filters: Filters, cursor: str | None = None) -> tuple[Page[Case], list[Row]]:
    """One page of cases: what is urgent first, then the oldest; what is done, the newest first."""
    query = select(Case).options(joinedload(Case.author), joinedload(Case.claimed_by), joinedload(Case.space))
    query = query.where(_judged(account), Case.state == filters.state, *_clauses(account, filters))
    if filters.state == "done":
        page = page_of(query, [Case.done_at, Case.id], cursor)
    else:
        urgent = query.where(Case.is_urgent)
        first = [] if cursor else list(db.session.scalars(urgent.order_by(Case.opened_at).limit(50)))
        page = page_of(query.where(~Case.is_urgent), [Case.opened_at, Case.id], cursor, newest_first=False)
        page = Page([*first, *page.items], page.next)
    reports = reports_of([case.id for case in page.items])
    return page, [Row(case, reports.get(case.id, [])) for case in page.items]


def _judged(account: Account) -> ColumnElement[bool]:
    """What somebody may see: nothing that they shared without their name, nor where they read along."""
    clauses = [judged_by(account.id)]
    if mine := unnamed_of(account):
        clauses.append(or_(Case.contribution_id.is_(None), Case.contribution_id.not_in(mine)))
    if resting := reads_along_in(account):
        clauses.append(Case.network_id.not_in(resting))
    return and_(*clauses)


def _clauses(account: Account, filters: Filters) -> list[Any]:
    clauses: list[Any] = []
    if filters.network:
        ids = [each.network_id for each in networks_of(account) if each.network.slug == filters.network]
        clauses.append(Case.network_id.in_(ids))
    if filters.why:
        clauses.append(Case.why == filters.why)
    if filters.norm:
        named = select(Report.case_id).where(Report.norm_title == filters.norm)
        clauses.append(Case.id.in_(named))
    if filters.mine:
        ids = [each.id for each in networks_of(account)]
        clauses.append(Case.claimed_by_id.in_(ids))
    if filters.old:
        clauses.append(Case.opened_at < clock.now() - OLD)
    return clauses


def norms_in_queue(account: Account, state: str) -> list[str]:
    """The titles of the norms that are named in the cases of a tab, by which it can be narrowed."""
    query = select(Report.norm_title).join(Case, Case.id == Report.case_id).distinct()
    wanted = (Report.norm_title != "", Case.state == state, _judged(account))
    return list(db.session.scalars(query.where(*wanted).order_by(Report.norm_title).limit(NORMS_SHOWN)))


def counts_of(account: Account) -> dict[str, int]:
    """How many cases each tab has."""
    query = select(Case.state, func.count(Case.id).label("number")).where(_judged(account))
    rows = db.session.execute(query.group_by(Case.state))
    return {row.state: row.number for row in rows}


def reports_of(case_ids: Sequence[int]) -> dict[int, list[Report]]:
    """The reports of each case, the oldest first."""
    query = select(Report).options(joinedload(Report.reporter), joinedload(Report.site))
    found: dict[int, list[Report]] = {}
    for report in db.session.scalars(query.where(Report.case_id.in_(case_ids)).order_by(Report.id)):
        found.setdefault(report.case_id, []).append(report)
    return found


def notes_of(case: Case) -> list[CaseNote]:
    query = select(CaseNote).options(joinedload(CaseNote.member)).where(CaseNote.case_id == case.id)
    return list(db.session.scalars(query.order_by(CaseNote.id)))


def acts_in(case: Case) -> list[Act]:
    query = select(Act).options(joinedload(Act.by), joinedload(Act.member))
    return list(db.session.scalars(query.where(Act.case_id == case.id).order_by(Act.id)))


def appeal_in(case: Case) -> Appeal | None:
    """The appeal that a case is about."""
    query = select(Appeal).options(joinedload(Appeal.act).joinedload(Act.by)).where(Appeal.case_id == case.id)
    found: Appeal | None = db.session.scalar(query)
    return found


def before_with(account: Account, case: Case, limit: int = 10) -> list[Act]:
    """What happened before with the same author, as far as this judge may know of it."""
    if case.author_id is None:
        return []
    query = select(Act).join(Case, Case.id == Act.case_id).options(joinedload(Act.by))
    wanted = (Act.member_id == case.author_id, Act.case_id != case.id, judged_by(account.id))
    return list(db.session.scalars(query.where(*wanted).order_by(Act.id.desc()).limit(limit)))


def networks_judged(account: Account) -> list[Member]:
    """Where somebody has cases to look at, or looks after the network."""
    with_cases = select(Case.network_id).where(judged_by(account.id))
    ids = set(db.session.scalars(with_cases.distinct()))
    return [
        each for each in networks_of(account) if each.network_id in ids or (each.is_hub and each.may_write)
    ]


def last_act_on(contribution_id: int, verb: str) -> list[Act]:
    """The acts of a verb on one thing that were not undone, the newest first."""
    query = select(Act).join(Case, Case.id == Act.case_id)
    wanted = (Case.contribution_id == contribution_id, Act.verb == verb, Act.undone_at.is_(None))
    return list(db.session.scalars(query.where(*wanted).order_by(Act.id.desc())))


def open_on(contribution_id: int) -> Case | None:
    """The open case about something that was shared, appeals left out."""
    wanted = (Case.contribution_id == contribution_id, Case.state != "done", Case.why != "appeal")
    found: Case | None = db.session.scalar(select(Case).where(*wanted).limit(1))
    return found


def next_for(account: Account) -> int | None:
    """The case that waits first for somebody."""
    query = select(Case.id).where(Case.state == "new", _judged(account))
    return db.session.scalar(query.order_by(Case.is_urgent.desc(), Case.opened_at, Case.id).limit(1))
