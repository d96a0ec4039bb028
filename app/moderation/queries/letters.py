"""Letters: what somebody was told of an act that concerns them. They open in any standing.

Of an act on something that was shared without a name no row says whose the letter is: it opens for whoever
the seal fits.
"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.contributions.policy import is_author
from app.contributions.queries.sealed import own_sealed_ids
from app.core.access import NotFound
from app.core.db import db
from app.moderation.models import Act, Appeal, Case
from app.networks.models import Member


def get_letter(account: Account, act_id: int) -> tuple[Act, Member]:
    """An act that concerns the person, on a break and after leaving too, and who they are there.

    Raises NotFound.
    """
    query = select(Act).options(joinedload(Act.by)).where(Act.id == act_id, Act.letter != "")
    act: Act | None = db.session.scalar(query.execution_options(populate_existing=True))
    reader = _reader(account, act) if act is not None else None
    if act is None or reader is None:
        raise NotFound
    return act, reader


def _reader(account: Account, act: Act) -> Member | None:
    mine = select(Member).where(Member.account_id == account.id, Member.network_id == act.network_id)
    it = act.case.contribution
    for member in db.session.scalars(mine):
        sealed = act.member_id is None and it is not None and it.seal is not None
        if act.member_id == member.id or (sealed and it is not None and is_author(member, it)):
            return member
    return None


def appeal_of(act: Act) -> Appeal | None:
    found: Appeal | None = db.session.scalar(
        select(Appeal).options(joinedload(Appeal.decided_by)).where(Appeal.act_id == act.id)
    )
    return found


def letters_to(member: Member, limit: int = 50) -> list[Act]:
    """What concerns a member by name, the newest first."""
    query = select(Act).where(Act.member_id == member.id, Act.letter != "").order_by(Act.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def acts_on_sealed_of(member: Member) -> list[Act]:
    """The acts on what a member shared without their name, in order: for themselves alone."""
    query = select(Act).join(Case, Case.id == Act.case_id).order_by(Act.id)
    wanted = (Act.member_id.is_(None), Case.contribution_id.in_(own_sealed_ids(member)))
    return list(db.session.scalars(query.where(*wanted)))


def letter_of_rest(member: Member) -> Act | None:
    """The newest letter that asked a member for a break, of an act that still stands."""
    query = select(Act).where(Act.member_id == member.id, Act.verb == "pause", Act.letter != "")
    found: Act | None = db.session.scalar(
        query.where(Act.undone_at.is_(None)).order_by(Act.id.desc()).limit(1)
    )
    return found


def letter_about(contribution_id: int) -> Act | None:
    """The newest letter about something that was shared, of an act that still stands. The caller has asked
    whose it is.
    """
    query = select(Act).join(Case, Case.id == Act.case_id).order_by(Act.id.desc()).limit(1)
    stands = (Act.letter != "", Act.undone_at.is_(None), Case.contribution_id == contribution_id)
    found: Act | None = db.session.scalar(query.where(*stands))
    return found
