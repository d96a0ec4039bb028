"""What waits before it is seen becomes a case; what its author edits comes back, once, by itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.contributions.actions import restore
from app.contributions.actions.holding import EDIT_ASKED, WAITS, About, asks_to_wait, words_of
from app.contributions.models import Contribution
from app.core import clock
from app.core.bell import Rung
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.moderation.actions.opening import add_report, case_of_contribution, tell_judges
from app.moderation.actions.recording import record
from app.moderation.events import CaseSettled, SealedHeld
from app.moderation.models import Act, Case, Report
from app.moderation.models.cases import PRIVACY_REPORTED, REPORTED
from app.moderation.queries.approval import needs_approval, watched
from app.moderation.queries.cases import last_act_on, open_on
from app.moderation.queries.copies import copy_of
from app.networks.models import Member


@asks_to_wait
def reason_for(actor: Member, about: About) -> str | None:
    """What is asked before something is shared."""
    return needs_approval(actor, about.space, about.text, about.overruled, sealed=about.sealed)


def _has_author(it: Contribution) -> bool:
    """Somebody who may still edit it: named, or behind a seal."""
    return it.author is not None or it.seal is not None


@command
def open_waiting(contribution_id: int, reason: str) -> None:
    """Something was shared and waits: those who judge read a copy."""
    it = db.session.get(Contribution, contribution_id)
    if it is None or not _has_author(it) or it.state != "held":
        return
    case = case_of_contribution(it, "privacy" if reason == "privacy" else "approval")
    case.holds, case.is_urgent = True, reason == "privacy"
    add_report(case, why="approval", words=reason, copy=copy_of(None, it))
    tell_judges(case, anew=True)


@command
def look_at_words(contribution_id: int) -> None:
    """Watched words that hold nothing: those who judge are notified, once of each word of a thing."""
    it = db.session.get(Contribution, contribution_id)
    if it is None or not _has_author(it) or it.state != "published" or it.space.kind == "conversation":
        return
    said = set(watched(it.network_id, "notify", words_of(it)))
    if said - _told_of(it) and open_on(it.id) is None:
        case = case_of_contribution(it, "norm")
        add_report(case, why="watch", words="watch list", copy=copy_of(None, it))
        tell_judges(case, anew=True)
        if it.author_id is not None and it.seal is None:
            publish(Rung(it.author_id, "mod_warn", it.id))
        elif it.seal is not None:
            publish(SealedHeld(it.id, case.id))


def _told_of(it: Contribution) -> set[str]:
    """The watched words that those who judge have read in it before."""
    earlier = select(Report).join(Case, Case.id == Report.case_id)
    copies = db.session.scalars(earlier.where(Case.contribution_id == it.id, Report.why == "watch"))
    read = "\n".join(part for report in copies for part in _words_in(report.copy))
    return set(watched(it.network_id, "notify", read))


def _words_in(copy: Mapping[str, Any]) -> list[str]:
    return [copy.get("title") or "", copy.get("text") or "", *copy.get("more", [])]


@command
def take_edit(contribution_id: int, reason: str, waits: str | None) -> None:
    """Its author edited what was held: what an edit was asked for returns, the first time without anybody,
    unless it would wait (`waits`) as it is now.
    """
    it = db.session.get(Contribution, contribution_id)
    if it is None or it.state != "held":
        return
    if reason == EDIT_ASKED:
        _return_or_ask(it, waits)
    elif reason in (*WAITS, REPORTED, PRIVACY_REPORTED):
        case = open_on(it.id)
        if case is not None and _has_author(it):
            add_report(case, why="edited", copy=copy_of(None, it))
            tell_judges(case)


def _return_or_ask(it: Contribution, waits: str | None) -> None:
    acts = last_act_on(it.id, "ask_edit")
    if not acts or acts[0].returned_at is not None:
        return
    act = acts[0]
    act.returned_at = clock.now()
    if waits is None and any(earlier.returned_at for earlier in acts[1:]):
        waits = "edited again"
    if waits is not None:
        it.state_reason = waits if waits in WAITS else "approval"
        open_waiting(it.id, waits)
        return
    restore(it)
    act.case.holds = False
    _say_edited(act)


def say_back(judged: Case) -> None:
    """Somebody has looked at what its author edited, as they were asked to, and it is seen again: that is how
    the case ended in which it was asked for, too. Inside a command.
    """
    it = judged.contribution
    if it is None or it.state != "published":
        return
    for act in last_act_on(it.id, "ask_edit"):
        if act.returned_at is not None and act.case.outcome == "ask_edit" and act.case_id != judged.id:
            _say_edited(act)


def _say_edited(act: Act) -> None:
    """It is back; a case in which there is more to do says nothing to who reported it before it ends."""
    case = act.case
    record(act.network_id, "returned", member_id=act.member_id, case=case, norm_title=act.norm_title)
    if not case.is_open:
        case.outcome = "edited"
        db.session.flush()
        publish(CaseSettled(case.id))
    if act.by_id is not None:
        publish(Rung(act.by_id, "mod_edited", act.id, act.member_id))
    tell_judges(case)
