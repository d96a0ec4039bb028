"""Opening a case, and telling those who look after it; what is reported twice meets in one case."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution
from app.core import clock
from app.core.bell import Hushed, Rung
from app.core.db import db, is_writing
from app.core.events import publish
from app.moderation.events import CaseSettled, QueueChanged
from app.moderation.models import Case, CaseParty, Report
from app.moderation.queries.cases import open_case_of
from app.moderation.queries.judges import directors_of, is_stuck, judges_of

P = ParamSpec("P")
R = TypeVar("R")


def again_if_met(function: Callable[P, R]) -> Callable[P, R]:
    """Around a command: two reports of one thing at one moment; the second finds the first's case."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except IntegrityError as error:
            if is_writing() or "open_key" not in str(error.orig):
                raise
            return function(*args, **kwargs)

    return run


def case_about(why: str, network_id: int, key: str, **more: Any) -> Case:
    """The open case of this subject, or a new one. Inside a command; the row is the lock."""
    case = open_case_of(key)
    if case is None:
        case = Case(network_id=network_id, why=why, open_key=key, opened_at=clock.now(), **more)
        db.session.add(case)
        db.session.flush()
        if case.author_id is not None:
            add_party(case, case.author_id, "author")
    return case


def case_of_contribution(it: Contribution, why: str) -> Case:
    """The open case of something that was shared."""
    return case_about(
        why,
        it.network_id,
        f"contribution:{it.id}",
        subject="contribution",
        contribution_id=it.id,
        space_id=it.space_id,
        author_id=it.author_id if it.seal is None else None,
    )


def add_party(case: Case, member_id: int, part: str) -> None:
    if db.session.get(CaseParty, (case.id, member_id, part)) is None:
        db.session.add(CaseParty(case_id=case.id, member_id=member_id, part=part))
        db.session.flush()


def add_report(case: Case, **said: Any) -> Report:
    """What somebody said, or what a rule found, with its copy."""
    report = Report(case_id=case.id, **said)
    db.session.add(report)
    db.session.flush()
    if report.reporter_id is not None:
        add_party(case, report.reporter_id, "reporter")
    return report


def tell_judges(case: Case, *, anew: bool = False) -> None:
    """Badges and open queues of those who judge it; `anew`: their bells too, or where nobody may decide it,
    the directors', who can name one more.
    """
    for judge in judges_of(case):
        publish(QueueChanged(judge.id))
        if anew:
            publish(Rung(judge.id, "mod_case", case.id))
    if anew and is_stuck(case):
        for director in directors_of(case.network_id):
            publish(Rung(director.id, "mod_nobody", case.network_id))


def say_taken_back(case: Case, outcome: str) -> None:
    """What ended a case was taken back: those who reported it learn what stands now."""
    if not case.is_open:
        case.outcome = outcome
        db.session.flush()
        publish(CaseSettled(case.id))


def settle(case: Case, outcome: str) -> None:
    """It is judged: nobody needs to look any more, and those who reported learn what became of it."""
    case.state, case.outcome, case.open_key = "done", outcome, None
    case.done_at = clock.now()
    case.answered_at = case.answered_at or case.done_at
    db.session.flush()
    publish(Hushed("mod_case", case.id))
    publish(CaseSettled(case.id))
    tell_judges(case)
