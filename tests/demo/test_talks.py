"""The demo's conversations and its check-in: true as if people had made them, and private."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.conversations.queries import conversations_of, same_people, unread_conversations
from app.core import clock, doctor, text
from app.demo.content import SLUGS, read_script
from app.demo.content.talking import read_talks
from app.demo.loading import load
from app.networks.models import Member, Network
from app.spaces.queries import get_space_by_slug
from app.threads.queries import check_in_of, rounds_in

pytestmark = pytest.mark.usefixtures("quick_files")


def member(db: Any, mailbox: str) -> Member:
    query = select(Member).join(Account, Account.id == Member.account_id).join(Network)
    here = (Account.email == f"{mailbox}@demo.example", Network.slug == SLUGS[0])
    found: Member = db.session.scalars(query.where(*here)).one()
    return found


def test_who_talks_with_whom(db: Any) -> None:
    load()
    teacher, colleague = member(db, "teacher"), member(db, "colleague")
    coach, principal = member(db, "coach"), member(db, "principal")
    assert [len(line.people) for line in conversations_of(teacher).items] == [1, 2]
    assert same_people(teacher, [colleague.id]) is not None
    assert same_people(coach, [principal.id, teacher.id]) is not None
    assert unread_conversations(teacher) == 1
    assert len(conversations_of(colleague).items) == 2
    for nobody in ("facilitator", "facilitator2", "director"):
        assert conversations_of(member(db, nobody)).items == []
    group = get_space_by_slug(coach, "number-talks-every-day")
    check_in = check_in_of(group.id)
    assert check_in is not None
    assert check_in.next_at is not None
    assert check_in.next_at > clock.now()
    assert [each.answers for each in rounds_in(coach, group.id)] == [3, 3]
    assert doctor.examine() == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_script_names_people_who_are_there(slug: str) -> None:
    talks, check_ins = read_talks(slug)
    people = {person.key for person in read_script(slug).people}
    for talk in talks:
        assert set(talk.people) <= people
        assert {line.author for line in talk.lines} <= set(talk.people)
        assert set(talk.read) <= set(talk.people)
        assert all(0 <= place <= len(talk.lines) for place in talk.read.values())
        assert all(text.clean(line.html) == line.html for line in talk.lines)
    if check_ins is not None:
        group = next(group for group in read_script(slug).groups if group.key == check_ins.group)
        assert check_ins.lead in group.leads
        assert {answer.author for answers in check_ins.rounds for answer in answers} <= set(group.everyone)
