"""What the doctor looks at in moderation."""

from collections.abc import Iterable

from sqlalchemy import select

from app.contributions.actions.holding import WAITS
from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import check
from app.moderation.models import Act, Appeal, Case, Report
from app.moderation.models.cases import PRIVACY_REPORTED, REPORTED
from app.moderation.queries.judges import is_stuck, keeps_claim
from app.spaces.models import Space


@check("moderation: cases are of one network")
def cases_are_own() -> Iterable[str]:
    item = select(Case.id).join(Contribution, Contribution.id == Case.contribution_id)
    for case_id in db.session.scalars(item.where(Contribution.network_id != Case.network_id)):
        yield f"case {case_id} is about something of another network"
    space = select(Case.id).join(Space, Space.id == Case.space_id)
    for case_id in db.session.scalars(space.where(Space.network_id != Case.network_id)):
        yield f"case {case_id} is about a space of another network"


@check("moderation: open and done")
def cases_end() -> Iterable[str]:
    """An open case has its key and a done one has none; who claimed is known while it is claimed."""
    query = select(Case.id, Case.state, Case.open_key, Case.claimed_by_id)
    for row in db.session.execute(query):
        if (row.state == "done") != (row.open_key is None):
            yield f"case {row.id} is {row.state}, and its key says otherwise"
        if row.state == "claimed" and row.claimed_by_id is None:
            yield f"case {row.id} is claimed by nobody"
    for case in db.session.scalars(select(Case).where(Case.state == "claimed").order_by(Case.id)):
        if case.claimed_by_id is not None and not keeps_claim(case):
            yield f"case {case.id} is claimed by somebody who may not judge it; within the hour it goes back"


@check("moderation: nothing waits for nothing")
def held_has_a_case() -> Iterable[str]:
    """What is held for reports or approval has an open case; what is hidden has an act."""
    waiting = (*WAITS, REPORTED, PRIVACY_REPORTED)
    held = select(Contribution.id, Contribution.state_reason).where(Contribution.state == "held")
    for row in db.session.execute(held):
        mine = Case.contribution_id == row.id
        if row.state_reason in waiting:
            found = db.session.scalar(select(Case.id).where(mine, Case.state != "done").limit(1))
        else:
            acts = select(Act.id).join(Case).where(mine, Act.undone_at.is_(None))
            found = db.session.scalar(acts.limit(1))
        if found is None:
            yield f"contribution {row.id} is held ({row.state_reason}), and no case says why"


@check("moderation: somebody can judge")
def somebody_can_judge() -> Iterable[str]:
    for case in db.session.scalars(select(Case).where(Case.state != "done").order_by(Case.id)):
        if is_stuck(case):
            yield f"case {case.id} waits for somebody who may judge it: name one more facilitator or director"


@check("moderation: reports and appeals")
def reports_are_whole() -> Iterable[str]:
    """A report has its copy, unless its author took it along; an appeal is about an act of its own
    network.
    """
    appeals = select(Appeal.id).join(Act, Act.id == Appeal.act_id).join(Case, Case.id == Appeal.case_id)
    for appeal_id in db.session.scalars(appeals.where(Act.network_id != Case.network_id)):
        yield f"appeal {appeal_id} is about an act of another network"
    for report_id in db.session.scalars(select(Report.id).where(Report.why == "norm", Report.norm_ref == "")):
        yield f"report {report_id} names no norm"
