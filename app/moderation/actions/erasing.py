"""A person goes: reports outlive their reporter without the name, and copies of their words go with the
words.

Numbers of members in the record stay, for they lead to nobody any more.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.contributions.queries.sealed import own_sealed_ids
from app.core import personal
from app.core.db import db
from app.moderation.models import Act, Appeal, Case, CaseNote, CaseParty, Report
from app.networks.models import Member


@personal.erases(floor=6)
def erase_moderation(account: Account, keep_contributions: bool) -> None:
    """Inside the command that deletes the account."""
    for member_id in list(db.session.scalars(select(Member.id).where(Member.account_id == account.id))):
        unnamed = own_sealed_ids(db.session.get_one(Member, member_id))
        _forget(member_id, unnamed)
        if not keep_contributions:
            _forget_words(member_id, unnamed)


def _forget(member_id: int, unnamed: list[int]) -> None:
    """Who reported, who noted, who is in a case: nobody any more. Letters to them go, also those about what
    they shared without their name."""
    db.session.execute(update(Report).where(Report.reporter_id == member_id).values(reporter_id=None))
    db.session.execute(update(CaseNote).where(CaseNote.member_id == member_id).values(member_id=None))
    db.session.execute(
        update(Case)
        .where(Case.claimed_by_id == member_id, Case.state == "claimed")
        .values(claimed_by_id=None, state="new")
    )
    db.session.execute(delete(CaseParty).where(CaseParty.member_id == member_id))
    about = select(Case.id).where(Case.contribution_id.in_(unnamed))
    own = or_(Act.member_id == member_id, and_(Act.member_id.is_(None), Act.case_id.in_(about)))
    theirs = list(db.session.scalars(select(Act.id).where(own)))
    db.session.execute(update(Appeal).where(Appeal.act_id.in_(theirs)).values(words=""))
    for act in db.session.scalars(select(Act).where(Act.id.in_(theirs))):
        act.letter = act.reason = ""
        act.before = {name: value for name, value in act.before.items() if name != "said"}


def _forget_words(member_id: int, unnamed: list[int]) -> None:
    """Copies of what they wrote, in the cases about it and around what others wrote."""
    cases = select(Case.id).where(or_(Case.author_id == member_id, Case.contribution_id.in_(unnamed)))
    wrote = or_(Contribution.author_id == member_id, Contribution.id.in_(unnamed))
    root = select(Contribution.root_id).where(wrote)
    beside = select(Case.id).join(Contribution, Contribution.id == Case.contribution_id)
    beside = beside.where(or_(Contribution.root_id.in_(root), Contribution.root_id.in_(_roots_of(wrote))))
    found = select(Report).where(or_(Report.case_id.in_(cases), Report.case_id.in_(beside)))
    for report in list(db.session.scalars(found)):
        report.copy = _without(report.copy, member_id, unnamed)
    db.session.flush()


def _roots_of(wrote: ColumnElement[bool]) -> Any:
    return select(Contribution.id).where(wrote, Contribution.root_id.is_(None))


def _without(copy: dict[str, Any], member_id: int, unnamed: list[int]) -> dict[str, Any]:
    def is_theirs(said: dict[str, Any]) -> bool:
        return said.get("author_id") == member_id or said.get("id") in unnamed

    if is_theirs(copy):
        return {"kind": copy.get("kind", ""), "author_id": None}
    return {**copy, "around": [line for line in copy.get("around", []) if not is_theirs(line)]}
