"""Appeals: whoever got a letter asks once that somebody else looks again; overturning undoes the act."""

from sqlalchemy import select

from app.accounts.models import Account
from app.core import clock
from app.core.access import NotFound
from app.core.bell import Rung
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import TooLong
from app.moderation.actions.judging import in_turn, require_read, take_back
from app.moderation.actions.opening import add_party, case_about, say_taken_back, settle, tell_judges
from app.moderation.actions.recording import record
from app.moderation.actions.standing import SEEN, outcome_that_stands
from app.moderation.events import LetterSent
from app.moderation.models import Act, Appeal, Case, CaseParty
from app.moderation.queries.cases import appeal_in
from app.moderation.queries.letters import get_letter
from app.networks.models import Member

WORDS = 2000


class AppealedAlready(Exception):
    """There is one already, or the act was undone meanwhile."""


@command
def appeal(account: Account, act_id: int, words: str) -> Appeal:
    """Ask that somebody else looks again; also on a break, also after the end of a membership. Who shared it
    without their name does so without it, too: no row of the appeal holds them.

    Raises NotFound for another's letter, AppealedAlready, ValueError without words, TooLong.
    """
    act, _reader = get_letter(account, act_id)
    # The case's row is the lock: who undoes the act, and who asks for it, come one after the other.
    db.session.execute(select(Case.id).where(Case.id == act.case_id).with_for_update())
    db.session.refresh(act)
    if act.undone_at is not None or _appeal_of(act) is not None:
        raise AppealedAlready
    if not words.strip():
        raise ValueError("empty")
    if len(words) > WORDS:
        raise TooLong(WORDS)
    case = _case_for(act)
    made = Appeal(act_id=act.id, case_id=case.id, words=words.strip())
    db.session.add(made)
    db.session.flush()
    record(act.network_id, "appeal", by_id=act.member_id, member_id=act.member_id, case=case)
    tell_judges(case, anew=True)
    return made


def _appeal_of(act: Act) -> Appeal | None:
    found: Appeal | None = db.session.scalar(select(Appeal).where(Appeal.act_id == act.id))
    return found


def _case_for(act: Act) -> Case:
    """A case of its own; nobody of the first one judges it, nor who acted."""
    first = act.case
    case = case_about(
        "appeal",
        act.network_id,
        f"appeal:{act.id}",
        subject=first.subject,
        contribution_id=first.contribution_id,
        space_id=first.space_id,
        author_id=act.member_id,
        is_urgent=act.verb in ("pause", "end"),
    )
    for party in db.session.scalars(select(CaseParty).where(CaseParty.case_id == first.id)):
        add_party(case, party.member_id, party.part)
    if act.by_id is not None:
        add_party(case, act.by_id, "judge")
    return case


@command
def judge_appeal(
    actor: Member, case: Case, *, overturn: bool, answer: str, read: str | None = None
) -> Appeal:
    """Let the act stand, or undo it; who appealed, who acted and who reported are told. `read`: the mark of
    the words that may be seen again.

    Raises Taken, Forbidden, NotFound, ReadOtherwise, ValueError without an answer, TooLong.
    """
    case = in_turn(actor, case.id, "judge_appeal")
    found = appeal_in(case)
    if found is None:
        raise NotFound
    if found.act.verb in SEEN:
        require_read(case, read)
    if not answer.strip():
        raise ValueError("letter")
    if len(answer) > WORDS:
        raise TooLong(WORDS)
    found.outcome = "overturned" if overturn else "upheld"
    found.answer, found.decided_by_id, found.decided_at = answer.strip(), actor.id, clock.now()
    case.claimed_by_id = actor.id
    if overturn and found.act.undone_at is None:
        take_back(actor, found.act, reason=found.answer)
    record(
        case.network_id, found.outcome, by_id=actor.id, member_id=case.author_id, case=case,
        norm_title=found.act.norm_title, why=found.answer,
    )  # fmt: skip
    _tell(actor, found)
    settle(case, found.outcome)
    return found


@command
def answer_by_undoing(act_id: int, by_id: int) -> None:
    """The act was taken back while an appeal waited: that is its answer."""
    found = db.session.scalar(select(Appeal).where(Appeal.act_id == act_id, Appeal.outcome == ""))
    if found is None:
        return
    found.outcome, found.decided_by_id, found.decided_at = "overturned", by_id, clock.now()
    found.answer = found.act.undone_words
    found.case.claimed_by_id = by_id
    _say_overturned(found.act.case)
    settle(found.case, "overturned")


def _tell(actor: Member, found: Appeal) -> None:
    act = found.act
    if act.member_id is not None:
        publish(Rung(act.member_id, "mod_answer", act.id, actor.id))
    publish(LetterSent(act.id, is_answer=True))
    if act.by_id is not None:
        publish(Rung(act.by_id, "mod_judged", act.case_id, actor.id))
    if found.outcome == "overturned":
        _say_overturned(act.case)


def _say_overturned(case: Case) -> None:
    """To those who reported it, as far as that changes what came of it: another act may stand."""
    stands = outcome_that_stands(case)
    outcome = "overturned" if stands == "undone" else stands
    if outcome != case.outcome:
        say_taken_back(case, outcome)
