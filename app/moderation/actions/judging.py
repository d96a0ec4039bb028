"""Judging a case: claim it, note something, act under a norm with a letter, and undo what was done.

The case's row is the lock: whoever comes second reads what the first has done and is told, and nothing is
done twice. What is decided is decided about the words that were read: where its author edited it meanwhile,
nothing is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.core import clock
from app.core.access import NotFound
from app.core.asread import same_words
from app.core.bell import Rung
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import TooLong
from app.moderation.actions.approving import say_back
from app.moderation.actions.how import How
from app.moderation.actions.opening import say_taken_back, settle, tell_judges
from app.moderation.actions.recording import record, record_act
from app.moderation.actions.standing import SEEN, outcome_that_stands, wait_again
from app.moderation.actions.verbs import VERBS, item_of, let_back
from app.moderation.events import ActUndone, LetterSent
from app.moderation.models import Act, Case, CaseNote, Report
from app.moderation.policy import require, undo_verb
from app.moderation.queries.asread import mark_of_case
from app.moderation.queries.judges import Seat, seat_at
from app.moderation.queries.norms import norm_here
from app.networks.models import Member

LETTER, NOTE, REASON = 4000, 2000, 300
GOES_ON = ("talk",)
"""After these a case stays open, in the hands of who acted."""
ABOUT_WORDS = ("none", "ask_edit", "remove", "move")
BRAKES = ("talk", "hide")
"""These let nothing be seen and take nothing away for good: no edit made meanwhile puts them off."""


class Taken(Exception):
    """A colleague was first; `by` is who, None where that is not known any more."""

    def __init__(self, by: Member | None) -> None:
        super().__init__()
        self.by = by


@dataclass(frozen=True)
class Wanted:
    """What a judge wants done. `ref`: the norm; `misuse`: the reports that were sent to hurt; `read`: the
    mark of the words that they read."""

    verb: str
    ref: str = ""
    letter: str = ""
    reason: str = ""
    how: How = field(default_factory=How)
    goes_on: bool = False
    misuse: Sequence[int] = ()
    read: str | None = None

    @property
    def needs_reading(self) -> bool:
        """What ends the case lets be seen what waited for it."""
        return self.verb not in BRAKES and (self.verb in ABOUT_WORDS or not self.goes_on)


def _locked(actor: Member, case_id: int) -> Seat:
    """The case as it is now, and how it stands to the actor. Raises NotFound, Taken."""
    query = select(Case).where(Case.id == case_id).with_for_update(of=Case)
    case = db.session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound
    seat = seat_at(actor, case)
    if not seat.may("see"):
        raise NotFound
    return seat


def in_turn(actor: Member, case_id: int, verb: str) -> Case:
    seat = _locked(actor, case_id)
    if seat.stands in ("taken", "done") and not seat.may(verb):
        raise Taken(seat.case.claimed_by)
    require(seat.may(verb))
    return seat.case


@command
def claim(actor: Member, case: Case) -> None:
    """Take it up. Raises Taken where a colleague has, or where it is done."""
    case = in_turn(actor, case.id, "claim")
    if case.claimed_by_id != actor.id:
        _take(actor, case)
        record(case.network_id, "claim", by_id=actor.id, case=case)
        tell_judges(case)


def _take(actor: Member, case: Case) -> None:
    case.state, case.claimed_by_id = "claimed", actor.id
    case.answered_at = case.answered_at or clock.now()
    db.session.flush()


@command
def give_back(actor: Member, case: Case) -> None:
    """Let somebody else take it up."""
    case = in_turn(actor, case.id, "give_back")
    case.state, case.claimed_by_id = "new", None
    record(case.network_id, "give_back", by_id=actor.id, case=case)
    tell_judges(case)


@command
def take_over(actor: Member, case: Case) -> None:
    """Those who look after the network go on where a case waits with a colleague; on record for who had it.
    Raises Forbidden, NotFound, and Taken where it is done.
    """
    case = in_turn(actor, case.id, "take_over")
    had = case.claimed_by_id
    _take(actor, case)
    record(case.network_id, "take_over", by_id=actor.id, member_id=had, case=case)
    tell_judges(case)


@command
def note(actor: Member, case: Case, words: str) -> None:
    """Words for those who judge. Raises ValueError for none, TooLong."""
    case = in_turn(actor, case.id, "note")
    if not words.strip():
        raise ValueError("empty")
    if len(words) > NOTE:
        raise TooLong(NOTE)
    db.session.add(CaseNote(case_id=case.id, member_id=actor.id, words=words.strip()))
    tell_judges(case)


@command
def act(actor: Member, case: Case, wanted: Wanted) -> Act:
    """Do it, write it down, and write to whom it concerns. Raises Taken, Forbidden, NotFound, TooLong,
    ReadOtherwise, and ValueError where a norm or a letter is needed and missing."""
    case = in_turn(actor, case.id, wanted.verb)
    if wanted.needs_reading:
        require_read(case, wanted.read)
    _check(case, wanted)
    do, _undo = VERBS[wanted.verb]
    _take(actor, case)
    if wanted.verb == "move":
        let_back(case)
    before = do(actor, case, wanted.how)
    norm = norm_here(case.network_id, case.space, wanted.ref) if wanted.ref else {}
    made = Act(
        case_id=case.id,
        network_id=case.network_id,
        verb=wanted.verb,
        by_id=actor.id,
        member_id=case.author_id,
        letter=wanted.letter.strip(),
        reason=wanted.reason.strip(),
        until=wanted.how.until,
        before=before,
        **norm,
    )
    db.session.add(made)
    db.session.flush()
    record_act(made, case)
    _mark_misuse(case, wanted.misuse)
    _write(made)
    if wanted.goes_on or wanted.verb in GOES_ON:
        tell_judges(case)
    else:
        _say_seen(made, is_back=let_back(case))
        settle(case, outcome_that_stands(case))
        say_back(case)
    return made


def require_read(case: Case, read: str | None) -> None:
    """What the case is about, locked until the commit, still says what was read. Raises ReadOtherwise."""
    if item_of(case) is not None:
        same_words(read, mark_of_case(case))


def _check(case: Case, wanted: Wanted) -> None:
    for words, limit in ((wanted.letter, LETTER), (wanted.reason, REASON)):
        if len(words) > limit:
            raise TooLong(limit)
    if wanted.verb != "none" and not wanted.ref:
        raise ValueError("norm")
    told = case.author_id is not None or case.is_sealed
    if wanted.verb != "none" and told and not wanted.letter.strip():
        raise ValueError("letter")
    if wanted.verb in ("pause", "read_first") and (
        wanted.how.until is None or wanted.how.until <= clock.now()
    ):
        raise ValueError("until")
    if wanted.verb == "pause" and not wanted.reason.strip():
        raise ValueError("reason")


def _mark_misuse(case: Case, ids: Sequence[int]) -> None:
    marked = update(Report).where(Report.case_id == case.id, Report.id.in_(list(ids)))
    db.session.execute(marked.values(was_misuse=True))


def _write(made: Act) -> None:
    """The letter: under the bell, and as a mail that says where it is. No words, no letter.

    Who shared something without their name finds it where their sealed letters lie.
    """
    if made.member_id is not None and made.letter:
        publish(Rung(made.member_id, "mod_letter", made.id, made.by_id))
    if made.letter and (made.member_id is not None or made.case.is_sealed):
        publish(LetterSent(made.id))


def _say_seen(made: Act, *, is_back: bool) -> None:
    """It waited and is seen now; where there is no letter, its author would not hear of it."""
    if is_back and not made.letter and made.member_id is not None:
        publish(Rung(made.member_id, "mod_back", made.case.contribution_id or 0))


@command
def undo(actor: Member, made: Act, *, reason: str = "", read: str | None = None) -> None:
    """Put back what an act changed, as far as it is still as the act left it. Once. A case that held its
    subject until this act is open again; an appeal that is won opens none. `reason`: what changed, in a
    sentence, for the letter and the record; `read`: the mark of the words that may be seen again. Raises
    NotFound, Forbidden, ReadOtherwise, TooLong.
    """
    reason = reason.strip()
    if len(reason) > REASON:
        raise TooLong(REASON)
    seat = _locked(actor, made.case_id)
    require(seat.may(undo_verb(made.verb)))
    if made.undone_at is None:
        if made.verb in SEEN:
            require_read(seat.case, read)
        waits = wait_again(made)
        take_back(actor, made, reason=reason)
        made.before = {**made.before, "said": reason}
        if seat.case.outcome == made.verb:
            say_taken_back(seat.case, outcome_that_stands(seat.case))
        publish(ActUndone(made.id, actor.id))
        if made.member_id is not None:
            publish(Rung(made.member_id, "mod_undone", made.id, actor.id))
        tell_judges(seat.case, anew=waits)


def take_back(actor: Member, made: Act, *, reason: str = "") -> None:
    """The same without asking whose turn it is: for an appeal, too. Inside a command."""
    _do, undo_it = VERBS[made.verb]
    undo_it(actor, made.case, made)
    made.undone_at, made.undone_by_id = clock.now(), actor.id
    db.session.flush()
    record(
        made.network_id,
        f"undo_{made.verb}",
        by_id=actor.id,
        member_id=made.member_id,
        case=made.case,
        norm_title=made.norm_title,
        why=reason[:REASON],
    )
