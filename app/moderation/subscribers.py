"""What moderation hears: edits of what is held, what waits, who may do what from now on; and the mails it
owes.
"""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app.contributions.events import (
    ContributionPosted,
    ContributionWaits,
    HeldEdited,
    ReplyPosted,
    SealAsked,
    SealOpened,
    WordsEdited,
)
from app.contributions.models import Contribution, SealOpening
from app.core import practice
from app.core.addresses import absolute, path_for
from app.core.bell import Hushed, Rung
from app.core.db import db
from app.core.doors import closed
from app.core.events import on, publish
from app.core.mail import send_mail
from app.moderation.actions.appealing import answer_by_undoing
from app.moderation.actions.approving import look_at_words, open_waiting, take_edit
from app.moderation.actions.claims import let_go
from app.moderation.actions.recording import record
from app.moderation.actions.sealed import leave_answer, leave_held, leave_letter, leave_undone
from app.moderation.events import ActUndone, CaseSettled, LetterSent, QueueChanged, SealedHeld
from app.moderation.models import Act, Case, Report
from app.moderation.models.words import TAKEN_BACK
from app.moderation.queries.judges import stuck_in
from app.networks.events import (
    MemberChangedHubRole,
    MemberLeft,
    MemberPaused,
    RoleConfirmed,
    SiteClaimAnswered,
)
from app.networks.models import Member
from app.spaces.events import LeadChanged
from app.spaces.models import Space


@on(ContributionWaits)
def it_waits(event: ContributionWaits) -> None:
    open_waiting(event.contribution_id, event.reason)


@on(HeldEdited)
def it_was_edited(event: HeldEdited) -> None:
    take_edit(event.contribution_id, event.reason, event.waits)


@on(ContributionPosted, after=True)
@closed("looks for watched words")
def words_of_a_post(event: ContributionPosted) -> None:
    look_at_words(event.contribution_id)


@on(ReplyPosted, after=True)
@closed("looks for watched words")
def words_of_a_reply(event: ReplyPosted) -> None:
    look_at_words(event.reply_id)


@on(WordsEdited, after=True)
@closed("looks for watched words")
def words_of_an_edit(event: WordsEdited) -> None:
    look_at_words(event.contribution_id)


@on(ActUndone)
def an_appeal_has_its_answer(event: ActUndone) -> None:
    answer_by_undoing(event.act_id, event.by_id)


@on(CaseSettled)
def reporters_learn_it(event: CaseSettled) -> None:
    """What became of it, each time: a case can be opened again and end otherwise. What came of it later (an
    edit, an appeal) is a line of its own.
    """
    case = db.session.get_one(Case, event.case_id)
    later = {"edited": "mod_news", **dict.fromkeys(TAKEN_BACK, "mod_again")}
    verb = later.get(case.outcome, "mod_report")
    reports = select(Report).where(Report.case_id == case.id, Report.reporter_id.is_not(None))
    for report in db.session.scalars(reports.order_by(Report.reporter_id)):
        publish(Hushed(verb, report.id))
        publish(Rung(report.reporter_id or 0, verb, report.id))


@on(MemberChangedHubRole)
def hub_role_is_on_record(event: MemberChangedHubRole) -> None:
    member = db.session.get_one(Member, event.member_id)
    now = [
        name
        for name, has in (("facilitator", member.is_facilitator), ("director", member.is_director))
        if has
    ]
    said = ", ".join(now) or "none"
    record(member.network_id, "hub_role", by_id=event.by_id, member_id=member.id, why=said)
    waits = select(Case.id).where(Case.network_id == member.network_id, Case.state != "done").limit(1)
    if db.session.scalar(waits) is not None:
        let_go(member.network_id)
        publish(QueueChanged(member.id))
        if not stuck_in([member.network_id]):
            publish(Hushed("mod_nobody", member.network_id))


@on(MemberLeft)
def end_is_on_record(event: MemberLeft) -> None:
    """Only where somebody else ended it: leaving is one's own business."""
    member = db.session.get_one(Member, event.member_id)
    let_go(member.network_id)
    if event.by_id is not None:
        record(member.network_id, "membership_ended", by_id=event.by_id, member_id=member.id)


@on(SiteClaimAnswered)
def school_is_on_record(event: SiteClaimAnswered) -> None:
    member = db.session.get_one(Member, event.member_id)
    verb = "school_opened" if event.confirmed else "school_refused"
    record(member.network_id, verb, by_id=event.by_id, member_id=member.id, why=f"site:{event.site_id}")


@on(RoleConfirmed)
def role_is_on_record(event: RoleConfirmed) -> None:
    member = db.session.get_one(Member, event.member_id)
    said = member.role or "none"
    record(member.network_id, "role_confirmed", by_id=event.by_id, member_id=member.id, why=said)


@on(LeadChanged)
def lead_is_on_record(event: LeadChanged) -> None:
    space = db.session.get_one(Space, event.space_id)
    verb = "lead_named" if event.leads else "lead_ended"
    record(space.network_id, verb, by_id=event.by_id, member_id=event.member_id, why=f"group:{space.id}")
    let_go(space.network_id)


@on(MemberPaused)
def what_they_took_up_goes_back(event: MemberPaused) -> None:
    let_go(db.session.get_one(Member, event.member_id).network_id)


@on(SealAsked)
def asking_to_open_is_on_record(event: SealAsked) -> None:
    _on_opening(event.opening_id)


@on(SealOpened)
def opening_is_on_record(event: SealOpened) -> None:
    _on_opening(event.opening_id)


def _on_opening(opening_id: int) -> None:
    """Who asked or agreed, about what, and why; never who is behind it."""
    it = db.session.get_one(SealOpening, opening_id)
    verb, by_id = ("seal_opened", it.agreed_by_id) if it.agreed_at else ("seal_asked", it.asked_by_id)
    record(it.network_id, verb, by_id=by_id, subject=f"contribution:{it.contribution_id}", why=it.reason)


@on(LetterSent, slow=True)
@closed("says where a letter is, and not a word of it")
def mail_letter(event: LetterSent) -> None:
    act = db.session.get(Act, event.act_id)
    if act is not None and act.member_id is None:
        (leave_answer if event.is_answer else leave_letter)(act)
    elif act is not None:
        _mail(act, "answer" if event.is_answer else "letter")


@on(ActUndone, slow=True)
@closed("says that a letter has more to read, and not a word of it")
def undoing_is_told(event: ActUndone) -> None:
    act = db.session.get(Act, event.act_id)
    if act is not None and act.member_id is None:
        leave_undone(act)
    elif act is not None and act.letter:
        _mail(act, "undone")


@on(SealedHeld, slow=True)
@closed("says to who shared it without their name that it waits")
def sealed_author_learns_that_it_waits(event: SealedHeld) -> None:
    it = db.session.get(Contribution, event.contribution_id)
    if it is not None:
        leave_held(it, event.case_id)


def _mail(act: Act, part: str) -> None:
    """Also to who is on a break or has left: the page opens for them. `part`: letter, answer or undone."""
    account = act.member.account if act.member is not None else None
    if account is None or account.email is None or not account.may_sign_in:
        return
    if not practice.may_write_to(act.network.is_demo or account.is_demo, account.email):
        return
    with force_locale(account.language):
        said = {"name": account.name, "network": act.network, "part": part}
        link = absolute(path_for("moderation.letter", act_id=act.id))
        text = render_template("moderation/mail/letter.txt", link=link, **said)
        send_mail(account.email, _subject(act, part), text, key=f"letter:{act.id}:{part}")


def _subject(act: Act, part: str) -> str:
    network = act.network.name
    if part == "letter":
        return _("A letter from the facilitators of %(network)s", network=network)
    return _("An answer from %(network)s", network=network)
