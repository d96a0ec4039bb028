"""What moderation holds about a person, for their download: their reports, letters and appeals, and the
record.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core import personal
from app.core.db import db
from app.moderation.models import Act, Appeal, Report
from app.moderation.models.words import became_word, record_word
from app.moderation.queries.letters import acts_on_sealed_of, appeal_of
from app.moderation.queries.record import all_about
from app.networks.models import Member


@personal.exports("moderation")
def what_concerns_them(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One file for each network: nothing of what others reported or noted."""
    for member in db.session.scalars(select(Member).where(Member.account_id == account.id)):
        reports = select(Report).options(joinedload(Report.case)).where(Report.reporter_id == member.id)
        named = select(Act).where(Act.member_id == member.id, Act.letter != "").order_by(Act.id)
        yield (
            f"{member.network.slug}.json",
            {
                "reports": [_report(one) for one in db.session.scalars(reports.order_by(Report.id))],
                "letters": [_letter(one, appeal_of(one)) for one in db.session.scalars(named)],
                "record": [_line(told) for told in all_about(member)],
            },
        )


@personal.exports("unnamed-moderation", unnamed=True)
def what_concerns_what_has_no_name(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """Letters about what they shared without their name, and what they answered."""
    for member in db.session.scalars(select(Member).where(Member.account_id == account.id)).all():
        if letters := acts_on_sealed_of(member):
            slug = member.network.slug
            yield f"{slug}.json", {"letters": [_letter(one, appeal_of(one)) for one in letters]}


def _report(report: Report) -> dict[str, Any]:
    return {
        "norm": report.norm_title,
        "about": report.why,
        "words": report.words,
        "at": report.made_at.isoformat(),
        "state": report.case.state,
        "outcome": became_word(report.case) if report.case.state == "done" else None,
    }


def _letter(act: Act, appeal: Appeal | None) -> dict[str, Any]:
    return {
        "what": record_word(act.verb),
        "norm": act.norm_title,
        "letter": act.letter,
        "at": act.made_at.isoformat(),
        "until": act.until.isoformat() if act.until else None,
        "undone": act.undone_at.isoformat() if act.undone_at else None,
        "undone_because": act.undone_words or None,
        "appeal": appeal.words if appeal else None,
        "answer": appeal.answer if appeal else None,
    }


def _line(told: Any) -> dict[str, Any]:
    line = told.line
    return {
        "at": line.at.isoformat(),
        "what": record_word(line.verb),
        "norm": line.norm_title,
        "why": line.why,
    }
