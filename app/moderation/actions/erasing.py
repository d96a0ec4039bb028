"""A person goes: reports outlive their reporter without the name, and copies of their words go with the
words.

Numbers of members in the record stay, for they lead to nobody any more.
"""

from typing import Any

from sqlalchemy import delete, or_, select, update

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.core import personal
from app.core.db import db
from app.moderation.models import Act, Appeal, Case, CaseNote, CaseParty, Report
from app.networks.models import Member


@personal.erases(floor=6)
def erase_moderation(account: Account, keep_contributions: bool) -> None:
    """Inside the command that deletes the account."""
    for member_id in list(db.session.scalars(select(Member.id).where(Member.account_id == account.id))):
        _forget(member_id)
        if not keep_contributions:
            _forget_words(member_id)


def _forget(member_id: int) -> None:
    """Who reported, who noted, who is in a case: nobody any more. Letters to them go."""
    db.session.execute(update(Report).where(Report.reporter_id == member_id).values(reporter_id=None))
    db.session.execute(update(CaseNote).where(CaseNote.member_id == member_id).values(member_id=None))
    db.session.execute(
        update(Case)
        .where(Case.claimed_by_id == member_id, Case.state == "claimed")
        .values(claimed_by_id=None, state="new")
    )
    db.session.execute(delete(CaseParty).where(CaseParty.member_id == member_id))
    theirs = select(Act.id).where(Act.member_id == member_id)
    db.session.execute(update(Appeal).where(Appeal.act_id.in_(theirs)).values(words=""))
    db.session.execute(update(Act).where(Act.member_id == member_id).values(letter="", reason=""))


def _forget_words(member_id: int) -> None:
    """Copies of what they wrote, in the cases about it and around what others wrote."""
    cases = select(Case.id).where(Case.author_id == member_id)
    root = select(Contribution.root_id).where(Contribution.author_id == member_id)
    beside = select(Case.id).join(Contribution, Contribution.id == Case.contribution_id)
    beside = beside.where(or_(Contribution.root_id.in_(root), Contribution.root_id.in_(_roots_of(member_id))))
    found = select(Report).where(or_(Report.case_id.in_(cases), Report.case_id.in_(beside)))
    for report in list(db.session.scalars(found)):
        report.copy = _without(report.copy, member_id)
    db.session.flush()


def _roots_of(member_id: int) -> Any:
    return select(Contribution.id).where(Contribution.author_id == member_id, Contribution.root_id.is_(None))


def _without(copy: dict[str, Any], member_id: int) -> dict[str, Any]:
    if copy.get("author_id") == member_id:
        return {"kind": copy.get("kind", ""), "author_id": None}
    around = [line for line in copy.get("around", []) if line["author_id"] != member_id]
    return {**copy, "around": around}
