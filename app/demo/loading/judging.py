"""A few cases in each state, as the verbs of moderation would leave them; without events, like everything here."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import demo
from app.contributions.models import Contribution
from app.core.db import db
from app.demo.loading.stage import Stage
from app.moderation.models import Act, Appeal, Case, CaseNote, CaseParty, RecordLine, Report
from app.moderation.queries.copies import copy_of
from app.moderation.queries.norms import norm_here
from app.networks.models import Member
from app.notifications.actions import ring

Said = dict[str, Any]


def write_cases(stage: Stage, now: datetime) -> None:
    """The cases of a script, where it has some."""
    path = Path(demo.__file__).parent / "content" / stage.script.slug / "cases.json"
    if not path.exists():
        return
    people = list(
        db.session.scalars(
            select(Member)
            .where(Member.network_id == stage.network_id, Member.standing == "active")
            .order_by(Member.id)
        )
    )
    hub = [member for member in people if member.is_facilitator]
    known = {member.id for member in people[:12]}
    posts = _posts(stage, known)
    for said in json.loads(path.read_text(encoding="utf-8")):
        it = posts[said["about"]]
        reporter = next(
            member for member in people[12:] if member.role == "teacher" and member.id != it.author_id
        )
        _write(said, it, reporter, hub, now)
    db.session.flush()


def _posts(stage: Stage, known: set[int]) -> list[Contribution]:
    """Posts of the whole network by people whom nobody signs in as, the newest first."""
    query = select(Contribution).where(
        Contribution.space_id == stage.spaces["commons", ""],
        Contribution.root_id.is_(None),
        Contribution.state == "published",
        Contribution.kind == "tried_it",
        Contribution.author_id.not_in(known),
    )
    found: dict[int, Contribution] = {}
    for post in db.session.scalars(query.order_by(Contribution.published_at.desc(), Contribution.id)):
        found.setdefault(post.author_id or 0, post)
    return list(found.values())


def _write(said: Said, it: Contribution, reporter: Member, hub: list[Member], now: datetime) -> None:
    at = now - timedelta(hours=said["hours"])
    judge, done = hub[0], "act" in said
    case = Case(
        network_id=it.network_id,
        subject="contribution",
        space_id=it.space_id,
        contribution_id=it.id,
        author_id=it.author_id,
        state="done" if done else "claimed" if said.get("claimed") else "new",
        claimed_by_id=judge.id if done or said.get("claimed") else None,
        open_key=None if done else f"contribution:{it.id}",
        opened_at=at,
        answered_at=at + timedelta(hours=3) if done or said.get("claimed") else None,
        done_at=at + timedelta(hours=4) if done else None,
        outcome="edited" if said.get("edited") else said.get("act", ""),
    )
    db.session.add(case)
    db.session.flush()
    norm = norm_here(it.network_id, it.space, said["norm"])
    report = Report(
        case_id=case.id, reporter_id=reporter.id, site_id=reporter.site_id, words=said["words"], made_at=at,
        copy=copy_of(reporter, it), **norm,
    )  # fmt: skip
    db.session.add_all(
        [
            report,
            CaseParty(case_id=case.id, member_id=reporter.id, part="reporter"),
            CaseParty(case_id=case.id, member_id=it.author_id, part="author"),
        ]
    )
    if "note" in said:
        db.session.add(CaseNote(case_id=case.id, member_id=judge.id, words=said["note"], made_at=at))
    if done:
        _act(said, case, judge, norm, at + timedelta(hours=4), now)
    else:
        for each in hub:
            ring(each.id, "mod_case", case.id, None)


def _act(said: Said, case: Case, judge: Member, norm: Said, at: datetime, now: datetime) -> None:
    until = now + timedelta(days=said["days"]) if "days" in said else None
    act = Act(
        case_id=case.id, network_id=case.network_id, verb=said["act"], by_id=judge.id, member_id=case.author_id,
        letter=said.get("letter", ""), reason=said["reason"], until=until, made_at=at,
        returned_at=at + timedelta(hours=9) if said.get("edited") else None, before={"until": None}, **norm,
    )  # fmt: skip
    db.session.add(act)
    db.session.add(_line(case, said["act"], judge.id, norm["norm_title"], said["reason"], at))
    if until is not None and case.author is not None:
        case.author.approval_until = until
    if said.get("edited"):
        db.session.add(_line(case, "returned", None, norm["norm_title"], "", at + timedelta(hours=9)))
    db.session.flush()
    if "appeal" in said:
        _appeal(said["appeal"], act, case, judge, at + timedelta(days=1))


def _appeal(words: str, act: Act, first: Case, judge: Member, at: datetime) -> None:
    case = Case(
        network_id=first.network_id, why="appeal", subject=first.subject, space_id=first.space_id,
        contribution_id=first.contribution_id, author_id=first.author_id, open_key=f"appeal:{act.id}",
        opened_at=at,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    parties = {(first.author_id, "author"), (judge.id, "judge")}
    db.session.add_all(CaseParty(case_id=case.id, member_id=one, part=part) for one, part in parties)
    db.session.add(Appeal(act_id=act.id, case_id=case.id, words=words, made_at=at))
    db.session.add(_line(case, "appeal", first.author_id, "", "", at))


def _line(case: Case, verb: str, by_id: int | None, norm: str, why: str, at: datetime) -> RecordLine:
    return RecordLine(
        network_id=case.network_id, at=at, verb=verb, by_id=by_id, member_id=case.author_id, case_id=case.id,
        subject=f"contribution:{case.contribution_id}", norm_title=norm, why=why,
    )  # fmt: skip
