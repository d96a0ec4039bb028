"""Conversations and check-ins of the demo: written as their own commands would leave them.

Inside the loader's command, after the bulk: they are few, so they are rows one by one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.contributions.models import Contribution, ReadPlace
from app.conversations.models import Conversation, ConversationPerson
from app.conversations.queries import people_key
from app.core import text
from app.core.db import db
from app.demo.content.nouns import CheckIns, Talk
from app.demo.content.talking import read_talks
from app.demo.loading.scenes import row_of
from app.demo.loading.stage import Actor, Stage
from app.demo.loading.words import Words
from app.spaces.models import Space, SpaceMember
from app.threads.actions.answering import as_html
from app.threads.actions.checkins import CHECK_IN, opening
from app.threads.models import CheckIn, CheckInAnswer, CheckInRound, Rhythm

SOON = timedelta(seconds=30)


def write_talks(stage: Stage, words: Words, now: datetime) -> list[int]:
    """The conversations and the check-in of a script; gives the ids of their roots."""
    talks, check_ins = read_talks(stage.script.slug)
    roots = [_talk(stage, talk, words, now) for talk in talks]
    return roots + (_check_in(stage, check_ins, now) if check_ins is not None else [])


def _talk(stage: Stage, talk: Talk, words: Words, now: datetime) -> int:
    zone = ZoneInfo(stage.script.time_zone)
    said = [(stage.casts[0][line.author], line.when.at(now, zone), line.html) for line in talk.lines]
    people, began = [stage.casts[0][key] for key in talk.people], said[0][1]
    space = Space(
        network_id=stage.network_id,
        kind="conversation",
        access="closed",
        slug=f"conversation-{'-'.join(str(person.id) for person in people)}-demo",
        name="this conversation",
        member_count=len(people),
        created_at=began,
    )
    db.session.add(space)
    db.session.flush()
    root = add_root(stage, people[0], space.id, began, kind="conversation")
    root.author_id = root.author_role = root.author_site_id = None
    root.author_grades = 0
    db.session.flush()
    key = people_key(person.id for person in people)
    db.session.add(
        Conversation(
            space_id=space.id, network_id=stage.network_id, root_id=root.id, people_key=key, began_at=began
        )
    )
    db.session.flush()
    for person in people:
        db.session.add(SpaceMember(space_id=space.id, member_id=person.id, joined_at=began))
        db.session.add(ConversationPerson(space_id=space.id, member_id=person.id))
    for author, at, html in said:
        add_reply(stage, root, author, at, words.said(html).html)
    for who, position in talk.read.items():
        _place(stage.casts[0][who], root, position)
    return root.id


def add_root(
    stage: Stage, author: Actor, space_id: int, at: datetime, *, kind: str, title: str = "", html: str = ""
) -> Contribution:
    """A root with its words, which are clean."""
    row = row_of(stage, author, space_id, at)
    root = Contribution(**row | {"kind": kind, "title": title, "html": html, "text": text.plain(html)})
    root.active_at = at
    db.session.add(root)
    db.session.flush()
    return root


def add_reply(stage: Stage, root: Contribution, author: Actor, at: datetime, html: str) -> Contribution:
    """The next reply to `root`; `html` is clean."""
    root.reply_seq, root.reply_count, root.active_at = root.reply_seq + 1, root.reply_count + 1, at
    root.version += 1
    row = row_of(stage, author, root.space_id, at)
    more: dict[str, Any] = {"root_id": root.id, "position": root.reply_seq, "kind": "reply"}
    reply = Contribution(**row | more | {"html": html, "text": text.plain(html)})
    reply.active_at = at
    db.session.add(reply)
    db.session.flush()
    return reply


def _place(reader: Actor, root: Contribution, position: int) -> None:
    db.session.add(
        ReadPlace(member_id=reader.id, contribution_id=root.id, position=position, moved_at=root.active_at)
    )


def _check_in(stage: Stage, script: CheckIns, now: datetime) -> list[int]:
    """Its rounds are of the last weeks, each as it was answered."""
    cast, space_id = stage.casts[0], stage.spaces[script.group, 0]
    zone = stage.script.time_zone
    rhythm = Rhythm(script.every, script.weekday, script.hour, stage.started.date(), zone)
    dues = [rhythm.latest_until(now - timedelta(hours=30))]
    while len(dues) < len(script.rounds):
        dues.insert(0, rhythm.latest_until(dues[0] - timedelta(minutes=1)))
    lead = cast[script.lead]
    db.session.add(
        CheckIn(
            space_id=space_id,
            questions=list(script.questions),
            every=script.every,
            weekday=script.weekday,
            hour=script.hour,
            anchor=rhythm.anchor,
            since=now,
            next_at=rhythm.next_after(now),
            lead_id=lead.id,
        )
    )
    return [
        _round(stage, script, lead, due, answers, now)
        for due, answers in zip(dues, script.rounds, strict=True)
    ]


def _round(
    stage: Stage, script: CheckIns, lead: Actor, due: datetime, answers: Sequence[Any], now: datetime
) -> int:
    space_id = stage.spaces[script.group, 0]
    asks = opening(script.questions, due, stage.script.time_zone, stage.script.language)
    root = add_root(stage, lead, space_id, due, kind=CHECK_IN, title=asks.title, html=asks.html)
    db.session.add(
        CheckInRound(root_id=root.id, space_id=space_id, due_at=due, questions=list(script.questions))
    )
    db.session.flush()
    for answer in answers:
        author = stage.casts[0][answer.author]
        at = min(due + timedelta(minutes=answer.after), now - SOON)
        reply = add_reply(stage, root, author, at, as_html(script.questions, answer.answers))
        db.session.add(CheckInAnswer(root_id=root.id, member_id=author.id, reply_id=reply.id))
    return root.id
