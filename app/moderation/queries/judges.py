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
    judge = (
        select(Member.id)
        .where(
            Member.account_id == account_id,
            Member.network_id == Case.network_id,
            Member.standing == "active",
            or_(and_(or_(Member.is_facilitator, Member.is_director), ~for_leads_alone()), _leads_there()),
            ~_in_it(),
        )
        .correlate(Case)
    )
    return exists(judge)


def _leads_there() -> ColumnElement[bool]:
    """`Member` leads the group that `Case` is about."""
    return exists(
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


def _in_it() -> ColumnElement[bool]:
    """`Member` is a party of `Case`, and never judges it."""
    party = exists(
        select(CaseParty.case_id)
        .where(CaseParty.case_id == Case.id, CaseParty.member_id == Member.id)
        .correlate(Case, Member)
    )
    return or_(party, and_(Case.subject == "group", _leads_there()))


def judges_of(case: Case) -> list[Member]:
    """Everybody who may see a case, by number: whom to tell. Who shared it without their name is among them;
    they are told, and it does not open for them.
    """
    return [seat.actor for seat in _seats_of(case)]


def keeps_claim(case: Case) -> bool:
    """Whether who took a case up can come, and may judge it."""
    holder = case.claimed_by
    account = holder.account if holder is not None else None
    can_come = account is not None and account.may_sign_in
    return holder is not None and can_come and seat_at(holder, case).may("give_back")


def is_stuck(case: Case) -> bool:
    """Whether nobody may decide an open case: all who could are in it, or see it and may not take it up."""
    may_decide = policy.IN_AN_APPEAL if case.why == "appeal" else policy.IN_A_CASE
    return case.is_open and not any(seat.role in may_decide["claim"][0] for seat in _seats_of(case))


def stuck_in(network_ids: list[int]) -> list[Case]:
    """The cases of these networks that wait for one more to judge them: how many, and nothing else, is for
    everybody's eyes.
    """
    hub = or_(Member.is_facilitator, Member.is_director)
    free = (Member.network_id == Case.network_id, Member.standing == "active", hub, ~_in_it())
    query = select(Case).where(Case.network_id.in_(network_ids), Case.state != "done")
    query = query.where(~exists(select(Member.id).where(*free).correlate(Case))).order_by(Case.id)
    return [case for case in db.session.scalars(query) if is_stuck(case)]


def directors_of(network_id: int) -> list[Member]:
    """Who can name one more to judge."""
    here = (Member.network_id == network_id, Member.standing == "active", Member.is_director)
    return list(db.session.scalars(select(Member).where(*here).order_by(Member.id)))


def _seats_of(case: Case) -> list[Seat]:
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
    seats = [_seat(member, case) for member in db.session.scalars(people.order_by(Member.id))]
    return [seat for seat in seats if seat.may("see")]


def waiting_for(account: Account) -> glance.Part:
    """What the badge asks: open cases that nobody has, or that I have; and whether I judge anywhere."""
    return glance.Part(_selects, {"judge": account.id})


def waiting_count(account: Account) -> int:
    return without_own(account, glance.read([waiting_for(account)]).get("moderation", 0))


def without_own(account: Account, counted: int) -> int:
    """Less what one shared without one's name, and what is of a network where one only reads along for now:
    no clause knows either.
    """
    mine = unnamed_of(account) if counted else []
    if not mine and (not counted or not reads_along_in(account)):
        return counted
    members = select(Member.id).where(Member.account_id == account.id)
    waits = or_(Case.claimed_by_id.is_(None), Case.claimed_by_id.in_(members))
    not_ones = or_(Case.contribution_id.in_(mine), Case.network_id.in_(reads_along_in(account)))
    own = select(func.count(Case.id)).where(Case.state != "done", waits, not_ones)
    return max(0, counted - (db.session.scalar(own.where(judged_by(account.id))) or 0))


def reads_along_in(account: Account) -> list[int]:
    """The networks whose newer norms somebody has put off: they judge nothing there until they accept."""
    mine = [each for each in networks_of(account) if each.standing == "active" and not each.may_write]
    return [each.network_id for each in mine]


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
