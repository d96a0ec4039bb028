"""What the loader leaves behind is what the commands would have made."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.contributions.models import Commitment, Contribution, Mention, Reaction
from app.contributions.policy import is_author, visible_to
from app.core import clock, doctor, seals, text
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.hashing import verify
from app.core.streams import Stream
from app.demo.loading import DemoRefused, load, remove
from app.networks.models import Member, Network
from app.notifications.models import Notification
from app.posts.models import TriedIt
from app.spaces.models import Space, SpaceMember
from app.spaces.queries import audience_of, get_space_by_slug

pytestmark = pytest.mark.usefixtures("quick_files")
MATH, SCIENCE = "middle-grades-math", "rural-science"


@pytest.fixture
def demo(db: Any) -> dict[str, int]:
    return load()


def member(mailbox: str, slug: str = MATH) -> Member:
    from app.core.db import db

    query = select(Member).join(Account, Account.id == Member.account_id).join(Network)
    return db.session.scalars(
        query.where(Account.email == f"{mailbox}@demo.example", Network.slug == slug)
    ).one()


def rows(query: Any) -> Any:
    from app.core.db import db

    return db.session.execute(query).all()


def the_doctor_finds_nothing(db):
    assert doctor.examine() == []


def replies_stand_in_order_of_time_below_what_they_answer(db):
    parent = aliased(Contribution)
    columns = (Contribution.root_id, Contribution.position, Contribution.published_at)
    query = select(*columns, parent.position.label("above"))
    query = query.outerjoin(parent, parent.id == Contribution.parent_id)
    query = query.where(Contribution.root_id.is_not(None)).order_by(*columns[:2])
    before: dict[int, tuple[int, Any]] = {}
    for row in rows(query):
        position, at = before.get(row.root_id, (0, row.published_at))
        assert row.position == position + 1
        assert row.published_at >= at
        assert row.above is None or row.above < row.position
        before[row.root_id] = row.position, row.published_at


def nothing_happens_in_the_future_or_before_its_cause(db):
    root, report = aliased(Contribution), aliased(Contribution)
    assert rows(select(func.max(Contribution.published_at)))[0][0] < clock.now()
    early = select(Contribution.id).join(root, root.id == Contribution.root_id)
    assert rows(early.where(Contribution.published_at < root.published_at)) == []
    told = select(Commitment.id).join(report, report.id == Commitment.reported_id)
    assert rows(told.where(report.author_id != Commitment.member_id)) == []
    assert rows(select(Commitment.id).where(Commitment.ended_at < Commitment.created_at)) == []
    own = select(Reaction.member_id).join(Contribution, Contribution.id == Reaction.contribution_id)
    assert rows(own.where(Contribution.author_id == Reaction.member_id)) == []


def texts_are_as_the_editor_would_have_left_them(db):
    mentions: dict[int, set[int]] = {}
    for number, member_id in rows(select(Mention.contribution_id, Mention.member_id)):
        mentions.setdefault(number, set()).add(member_id)
    assert mentions
    query = select(Contribution.id, Contribution.html, Contribution.text, Contribution.kind)
    for row in rows(query):
        assert text.clean(row.html) == row.html
        assert "@{" not in row.html
        assert row.text.startswith(text.plain(row.html))
        assert text.mentioned_ids(row.html) == mentions.get(row.id, set())


def cards_say_what_the_bodies_say(db):
    for body in db.session.scalars(select(TriedIt)):
        said = db.session.get_one(Contribution, body.contribution_id)
        assert said.outcome == body.outcome
        assert said.html == body.tried
        assert said.card["happened"] == body.happened
        assert said.card.get("setting") == body.setting
        assert said.grades == (0 if said.seal else 1 << body.grade)


def one_failure_has_no_name(db):
    sealed = list(db.session.scalars(select(Contribution).where(Contribution.seal.is_not(None))))
    assert [one.root_id is None for one in sealed].count(True) == 1
    assert {one.author_id for one in sealed} == {None}
    root = next(one for one in sealed if one.root_id is None)
    assert root.reply_count == 3
    assert is_author(db.session.get_one(Member, seals.whose(root.id)), root)


def everybody_sees_what_they_said(db):
    """Authors are in the spaces where they posted, and nobody is in two schools."""
    for person in db.session.scalars(select(Member)):
        theirs = select(func.count()).where(Contribution.author_id == person.id)
        assert db.session.scalar(theirs) == db.session.scalar(theirs.where(visible_to(person)))
    counted = select(Space.id, Space.member_count, func.count(SpaceMember.member_id))
    counted = counted.outerjoin(SpaceMember, SpaceMember.space_id == Space.id).group_by(Space.id)
    assert all(said == there for _id, said, there in rows(counted))


def the_demo_accounts_see_what_the_design_says(db):
    teacher, colleague = member("teacher"), member("colleague")
    assert member("teacher", SCIENCE).account_id == teacher.account_id
    assert verify(db.session.get_one(Account, teacher.account_id).password_hash, "throughline-demo")
    secret = get_space_by_slug(colleague, "gradebook-pilot")
    hidden = select(Contribution.id).where(Contribution.space_id == secret.id)
    assert rows(hidden)
    assert rows(hidden.where(visible_to(teacher))) == []
    assert rows(hidden.where(visible_to(member("facilitator")))) == []
    outside = select(Contribution.id).where(Contribution.network_id == teacher.network_id)
    assert rows(outside.where(visible_to(member("outsider", SCIENCE)))) == []
    home = audience_of(teacher, get_space_by_slug(teacher, "cedar-street"))
    assert home.people == 5
    assert home.roles == {"teacher": 1, "teacher_leader": 1, "coach": 1, "principal": 1}


def the_bell_has_something_to_say_and_mail_has_not(db):
    teacher = member("teacher")
    lines = list(db.session.scalars(select(Notification).where(Notification.member_id == teacher.id)))
    assert any(line.read_at is None for line in lines)
    assert all(line.updated_at <= clock.now() for line in lines)
    assert all(line.mailed_at and line.mailed_at >= line.updated_at for line in lines)


def files_are_there_and_belong_to_who_posted_them(db):
    stored = list(db.session.scalars(select(StoredFile)))
    assert len([one for one in stored if one.scope == "contribution"]) >= 40
    for one in stored:
        assert files.store.size(one.key) == one.size
        assert one.attached_at is not None
        assert all(files.store.exists(key) for key in one.blob_keys)
    photos = set(db.session.scalars(select(Member.photo_key).where(Member.photo_key.is_not(None))))
    assert photos == {one.key for one in stored if one.scope == "photo"}


def test_what_is_loaded_is_true(demo, db):
    """One load for everything that only reads."""
    for check in (
        one_failure_has_no_name,
        groups_that_follow_a_role_have_whom_they_should,
        the_doctor_finds_nothing,
        replies_stand_in_order_of_time_below_what_they_answer,
        nothing_happens_in_the_future_or_before_its_cause,
        texts_are_as_the_editor_would_have_left_them,
        cards_say_what_the_bodies_say,
        everybody_sees_what_they_said,
        the_demo_accounts_see_what_the_design_says,
        the_bell_has_something_to_say_and_mail_has_not,
        files_are_there_and_belong_to_who_posted_them,
        people_who_ask_wait_for_an_answer,
    ):
        check(db)


def groups_that_follow_a_role_have_whom_they_should(db):
    """Nobody would be moved if each member changed now, and nobody leads a group without being in it."""
    from app.spaces.actions import fits
    from app.spaces.models import Group

    following = list(db.session.scalars(select(Group).join(Group.space).where(Space.follows.is_not(None))))
    assert len([group for group in following if group.form == "role_alike"]) == 3
    people = list(db.session.scalars(select(Member).where(Member.standing == "active")))
    for group in following:
        there = set(
            db.session.scalars(select(SpaceMember.member_id).where(SpaceMember.space_id == group.space_id))
        )
        assert there == {person.id for person in people if fits(person, group)}, group.space.name
    led = set(db.session.scalars(select(SpaceMember.space_id).where(SpaceMember.role == "lead")))
    groups = select(Group).join(Group.space).where(Space.site_id.is_(None))
    assert {group.space_id for group in db.session.scalars(groups)} == led


def people_who_ask_wait_for_an_answer(db):
    asking = list(db.session.scalars(select(Member).where(Member.standing == "asked")))
    assert len(asking) == 2
    assert all(one.asked_because and one.welcomed_at is None for one in asking)
    assert all(rows(select(Contribution.id).where(visible_to(one))) == [] for one in asking)


def test_a_larger_demo_has_the_same_shape(db, monkeypatch):
    monkeypatch.setattr("app.demo.loading.places.SPACES_PER_SCALE", 17.5)
    made = load(scale=2)
    groups = set(db.session.scalars(select(Space.slug).where(Space.slug.endswith("-2"))))
    assert groups == {"ratios-grade-7-2", "math-identity-2"}
    everybody_sees_what_they_said(db)
    people = db.session.scalar(select(func.count()).select_from(Member))
    assert made["member"] == people == 61 * 2 + 2 + 8
    beside = Contribution.kind.not_in(("resource", "request"))
    roots = db.session.scalar(select(func.count()).where(Contribution.root_id.is_(None), beside))
    assert 440 <= roots <= 490
    assert 3600 <= made["contribution"] - roots <= 3900
    assert doctor.examine() == []
    emails = list(db.session.scalars(select(Account.email)))
    assert len(set(emails)) == len(emails)
    hub = select(func.count()).where(Member.is_facilitator | Member.is_director)
    assert db.session.scalar(hub) == 4


def test_it_refuses_to_mix(world, db):
    with pytest.raises(DemoRefused, match="real network"):
        load()


def test_it_is_loaded_once(demo):
    with pytest.raises(DemoRefused, match="already"):
        load()


def test_nothing_is_kept_when_it_breaks(db, monkeypatch):
    def broken(*_args: object) -> None:
        raise RuntimeError("no")

    before = set(files.store.keys_older_than(-60))
    monkeypatch.setattr("app.demo.loading.loader.ring", broken)
    with pytest.raises(RuntimeError):
        load()
    assert db.session.scalar(select(func.count()).select_from(Network)) == 0
    assert set(files.store.keys_older_than(-60)) == before


def test_taking_it_out_leaves_real_networks_alone(demo, db):
    from tests.support.factories import make_world

    world = make_world()
    kept = {model: db.session.scalar(_real(model, world)) for model in (Member, Space)}
    keys = list(db.session.scalars(select(StoredFile.key)))
    told = {f"member:{number}" for number in db.session.scalars(select(Notification.member_id))}
    assert told & set(db.session.scalars(select(Stream.name)))
    assert remove() == 2
    for model, count in kept.items():
        assert db.session.scalar(select(func.count()).select_from(model)) == count
    assert db.session.scalar(select(func.count()).select_from(Contribution)) == 0
    assert db.session.scalar(select(func.count()).where(Account.is_demo)) == 0
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert not any(files.store.exists(key) for key in keys)
    assert not told & set(db.session.scalars(select(Stream.name)))
    assert remove() == 0


def _real(model: Any, world: Any) -> Any:
    networks = (world.network.id, world.outsider.network_id)
    return select(func.count()).where(model.network_id.in_(networks))
