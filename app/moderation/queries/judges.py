"""Who may judge a case, and how it stands to somebody: the rows behind the permission table."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, or_, select

from app.accounts.models import Account
from app.contributions.policy import is_sealed_by
from app.contributions.queries.sealed import own_sealed_ids
from app.core import glance
from app.core.access import NotFound
from app.core.db import BigId, db
from app.moderation import policy
from app.moderation.models import Case, CaseParty, Report
from app.networks.models import Member
from app.networks.queries import networks_of
from app.spaces.models import Space, SpaceMember
from app.spaces.policy.leads import acting_leads

GROUPS = ("group", "role_alike", "site")
"""The kinds of space whose leads judge what is reported there; conversations are the hub's."""

BY_A_RULE = ("approval", "watch", "edited")
"""Of a report, where nobody sent it."""


@dataclass(frozen=True)
class Seat:
    """Somebody and a case: their role there and how it stands to them."""

    actor: Member
    case: Case
    role: str
    stands: str

    def may(self, verb: str) -> bool:
        return policy.may_in(verb, self.role, self.stands, appeal=self.case.why == "appeal")


def leads(actor: Member, space_id: int | None) -> bool:
    """Whether somebody leads this group now."""
    if space_id is None:
        return False
    query = select(SpaceMember.role).join(Space, Space.id == SpaceMember.space_id)
    query = query.where(Space.id == space_id, Space.kind.in_(GROUPS), SpaceMember.member_id == actor.id)
    return db.session.scalar(query) == "lead"


def is_party(member_id: int, case_id: int) -> bool:
    wanted = (CaseParty.case_id == case_id, CaseParty.member_id == member_id)
    return db.session.scalar(select(CaseParty.part).where(*wanted).limit(1)) is not None


def seat_at(actor: Member, case: Case) -> Seat:
    """How somebody stands to a case, whether they may see it or not."""
    it = case.contribution
    return _seat(actor, case, unnamed=it is not None and is_sealed_by(actor, it))


def _seat(actor: Member, case: Case, *, unnamed: bool = False) -> Seat:
    """`unnamed`: whether they are behind the seal of what it is about. Whom to tell never asks that: who
    alone is not told would be known.
    """
    leading = leads(actor, case.space_id)
    party = unnamed or is_party(actor.id, case.id) or (leading and case.subject == "group")
    role = policy.role_of(actor, case.network_id, is_lead=leading)
    if role in policy.HUB and _is_for_leads_alone(actor, case):
        role = "member"
    return Seat(actor, case, role, policy.stands_to(actor, case, is_party=party))


def _is_for_leads_alone(actor: Member, case: Case) -> bool:
    query = select(Case.id).join(Member, Member.id == actor.id)
    return db.session.scalar(query.where(Case.id == case.id, for_leads_alone())) is not None


def for_leads_alone() -> ColumnElement[bool]:
    """The cases that a rule opened, and nobody's report, in a space that a member does not see and that
    somebody leads who may judge it: a clause on `Case` and `Member`. A watch list opens no wall.

    What is sealed is left out: a lead may be behind the seal, and nobody knows.
    """
    reported = exists(
        select(CaseParty.case_id)
        .where(CaseParty.case_id == Case.id, CaseParty.part == "reporter")
        .correlate(Case)
    )
    joined = select(SpaceMember.space_id).where(SpaceMember.member_id == Member.id).correlate(Member)
    place = select(Space.id).where(Space.id == Case.space_id, Space.kind.in_(GROUPS), Space.access != "open")
    unseen = exists(place.where(Space.id.not_in(joined)).correlate(Case, Member))
    found = acting_leads(Case.space_id)
    in_it = select(CaseParty.case_id).where(
        CaseParty.case_id == Case.id, CaseParty.member_id == found.selected_columns[0]
    )
    led = exists(found.where(~exists(in_it)).correlate(Case))
    by_rule = (Report.case_id == Case.id, Report.why.in_(BY_A_RULE))
    of_a_rule = exists(select(Report.id).where(*by_rule).correlate(Case))
    return and_(Case.author_id.is_not(None), of_a_rule, ~reported, unseen, led)


def get_case(account: Account, case_id: int) -> Seat:
    """A case for one of those who may see it. Raises NotFound for everybody else."""
    case = db.session.get(Case, case_id, populate_existing=True)
    actor = _member_in(account, case.network_id) if case is not None else None
    if case is None or actor is None or not (seat := seat_at(actor, case)).may("see"):
        raise NotFound
    return seat


def _member_in(account: Account, network_id: int) -> Member | None:
    return next((member for member in networks_of(account) if member.network_id == network_id), None)


def judged_by(account_id: Any) -> ColumnElement[bool]:
    """The cases that somebody may see, as a clause on `Case`: `see` of the table, for many at once."""
    leading = exists(
        select(SpaceMember.space_id)
        .join(Space, Space.id == SpaceMember.space_id)
        .where(
            SpaceMember.space_id == Case.space_id,
            SpaceMember.member_id == Member.id,
            SpaceMember.role == "lead",
            Space.kind.in_(GROUPS),
        )
        .correlate(Case, Member)
    )
    party = exists(
        select(CaseParty.case_id)
        .where(CaseParty.case_id == Case.id, CaseParty.member_id == Member.id)
        .correlate(Case, Member)
    )
    judge = (
        select(Member.id)
        .where(
            Member.account_id == account_id,
            Member.network_id == Case.network_id,
            Member.standing == "active",
            or_(and_(or_(Member.is_facilitator, Member.is_director), ~for_leads_alone()), leading),
            ~or_(party, and_(Case.subject == "group", leading)),
        )
        .correlate(Case)
    )
    return exists(judge)


def judges_of(case: Case) -> list[Member]:
    """Everybody who may see a case, by number: whom to tell. Who shared it without their name is among them;
    they are told, and it does not open for them.
    """
    people = select(Member).where(
        Member.network_id == case.network_id,
        Member.standing == "active",
        or_(
            Member.is_facilitator,
            Member.is_director,
            Member.id.in_(
                select(SpaceMember.member_id).where(
                    SpaceMember.space_id == case.space_id, SpaceMember.role == "lead"
                )
            ),
        ),
    )
    found = db.session.scalars(people.order_by(Member.id))
    return [member for member in found if _seat(member, case).may("see")]


def waiting_for(account: Account) -> glance.Part:
    """What the badge asks: open cases that nobody has, or that I have; and whether I judge anywhere."""
    return glance.Part(_selects, {"judge": account.id})


def waiting_count(account: Account) -> int:
    return without_own(account, glance.read([waiting_for(account)]).get("moderation", 0))


def without_own(account: Account, counted: int) -> int:
    """Less what one shared without one's name: no clause knows it."""
    mine = unnamed_of(account) if counted else []
    if not mine:
        return counted
    members = select(Member.id).where(Member.account_id == account.id)
    waits = or_(Case.claimed_by_id.is_(None), Case.claimed_by_id.in_(members))
    own = select(func.count(Case.id)).where(Case.state != "done", waits, Case.contribution_id.in_(mine))
    return max(0, counted - (db.session.scalar(own.where(judged_by(account.id))) or 0))


def unnamed_of(account: Account) -> list[int]:
    """What a person shared without their name, in all their networks: never theirs to judge."""
    return [number for member in networks_of(account) for number in own_sealed_ids(member)]


def _selects(_size: int) -> list[Any]:
    account: Any = bindparam("judge", type_=BigId)
    mine = select(Member.id).where(Member.account_id == account)
    waits = and_(Case.state != "done", or_(Case.claimed_by_id.is_(None), Case.claimed_by_id.in_(mine)))
    open_cases = select(Case.id).where(waits, judged_by(account)).limit(100)
    counted = select(func.count()).select_from(open_cases.subquery()).scalar_subquery()
    return [select(literal("moderation").label("name"), counted.label("number"))]
