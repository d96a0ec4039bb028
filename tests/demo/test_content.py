"""The script hangs together: whoever and whatever a text names is there."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from app.demo.content import SLUGS, Post, Reply, Script, When, read_script

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code"}
MENTION = re.compile(r"@\{(\w+)\}")
CAN_BE_TRIED = ("tried_it", "material")
TEACHERS = ("teacher", "teacher_leader")
MATH = "middle-grades-math"


def walk(replies: tuple[Reply, ...]) -> list[Reply]:
    return [one for reply in replies for one in (reply, *walk(reply.replies))]


def readers(script: Script, post: Post) -> set[str]:
    """Who may be in the place of a post."""
    people = {person.key: person for person in script.people}
    home = people[post.author].site
    if post.space == "commons":
        return set(people)
    if post.space in ("school", "teachers"):
        same = [person for person in script.people if person.site == home and home]
        return {person.key for person in same if post.space == "school" or person.role in TEACHERS}
    group = next(group for group in script.groups if group.key == post.space)
    return set(group.everyone)


@pytest.fixture(params=SLUGS)
def script(request: pytest.FixtureRequest) -> Script:
    return read_script(request.param)


def test_the_network_has_the_size_of_the_story():
    script = read_script(MATH)
    replies = [reply for post in script.posts for reply in walk(post.replies)]
    assert len(script.schools) == 13
    assert 55 <= len(script.people) <= 65
    assert 140 <= len(script.posts) <= 170
    assert len(replies) >= 500
    outcomes = Counter(post.outcome for post in script.posts if post.kind == "tried_it")
    assert outcomes["did_not_work"] >= 20
    assert outcomes["did_not_work"] + outcomes["mixed"] >= outcomes["worked"]
    assert {post.kind for post in script.posts} == {"tried_it", "question", "material", "update", "thread"}


def test_every_school_and_every_grade_speaks():
    script = read_script(MATH)
    people = {person.key: person for person in script.people}
    authors = {post.author for post in script.posts}
    assert {people[key].site for key in authors} >= {school.key for school in script.schools}
    assert {post.grade for post in script.posts if post.grade} == {5, 6, 7, 8}


def test_the_demo_accounts_are_who_the_design_says():
    math, science = (read_script(slug) for slug in SLUGS)
    by_mail = {person.email.split("@")[0]: person for person in math.people}
    assert by_mail["teacher"].name == "Dana Reyes"
    assert by_mail["teacher"].site == by_mail["coach"].site == by_mail["principal"].site == "cedar"
    assert by_mail["colleague"].grades == by_mail["teacher"].grades
    assert by_mail["colleague"].site not in (None, "cedar")
    assert all(by_mail[hub].site is None for hub in ("facilitator", "facilitator2", "director"))
    others = {person.email.split("@")[0] for person in science.people}
    assert set(by_mail) & others == {"teacher"}
    assert "outsider" in others
    secret = next(group for group in math.groups if group.access == "secret")
    assert "dana" not in secret.everyone
    assert {group.access for group in math.groups} == {"open", "request", "invite", "secret"}


def test_keys_are_single_and_people_are_known(script: Script):
    people = [person.key for person in script.people]
    posts = [post.key for post in script.posts]
    assert len(set(people)) == len(people)
    assert len(set(posts)) == len(posts)
    assert len({person.email for person in script.people}) == len(people)
    sites = {school.key for school in (*script.schools, *script.districts)}
    assert {person.site for person in script.people} <= {*sites, None}
    for group in (*script.groups, *script.following):
        assert set(group.leads) <= set(people)
    for group in script.groups:
        assert set(group.everyone) <= set(people)
        assert group.driver in {None, *(driver["key"] for driver in script.drivers)}
    by_key = {group.key: group for group in script.groups}
    assert all(ask.member not in by_key[ask.group].everyone for ask in script.asks)


def test_everybody_in_a_conversation_may_be_there(script: Script):
    for post in script.posts:
        there = readers(script, post)
        taking_part = {post.author, *post.saves, *(promise.member for promise in post.commitments)}
        taking_part |= {reply.author for reply in walk(post.replies)}
        texts = " ".join([post.html, *(reply.html for reply in walk(post.replies))])
        taking_part |= set(MENTION.findall(texts))
        assert taking_part <= there, (post.key, taking_part - there)
        assert post.author not in {promise.member for promise in post.commitments}, post.key
        assert post.kind in CAN_BE_TRIED or not post.commitments, post.key


def test_what_is_named_is_there(script: Script):
    posts = {post.key: post for post in script.posts}
    drivers = {driver["key"] for driver in script.drivers}
    used = [key for post in script.posts for key in post.files]
    assert sorted(used) == sorted(script.files)
    for post in script.posts:
        assert post.driver is None or post.driver in drivers, post.key
        assert post.names is None or posts[post.names].space == post.space, post.key
        for promise in post.commitments:
            if promise.state == "reported":
                report = posts[promise.reported or ""]
                assert report.author == promise.member, (post.key, promise)
                assert report.kind == "tried_it"


def test_tried_it_says_what_happened(script: Script):
    for post in script.posts:
        if post.kind == "tried_it":
            assert post.outcome in ("worked", "mixed", "did_not_work"), post.key
            said = (post.title, post.tried, post.happened, post.grade, post.setting)
            assert all(said), post.key
            assert not post.html, post.key
        else:
            assert post.html, post.key
            assert post.outcome is None, post.key


def test_plain_parts_hold_no_markup(script: Script):
    for post in script.posts:
        parts = (post.title, post.tried, post.expected, post.happened, post.change_next)
        assert not any(sign in part for part in parts for sign in ("<", ">", "@{", "&")), post.key
        assert len(post.title) <= 120, post.key


def test_html_stays_inside_the_allow_list(script: Script):
    for post in script.posts:
        for html in (post.html, *(reply.html for reply in walk(post.replies))):
            soup = BeautifulSoup(html, "html.parser")
            assert {tag.name for tag in soup.find_all(True)} <= ALLOWED, post.key
            assert all(not tag.attrs for tag in soup.find_all(True)), post.key
            assert str(soup).count("<") == html.count("<"), post.key


@pytest.mark.parametrize("today", range(7))
def test_answers_come_after_questions_on_any_weekday(script: Script, today: int):
    now = datetime(2025, 3, 3, 23, 30, tzinfo=UTC) + timedelta(days=today)
    zone = ZoneInfo(script.time_zone)
    when = {post.key: post.when.at(now, zone) for post in script.posts}
    assert max(when.values()) < now
    assert min(when.values()) > now - timedelta(days=93)
    for post in script.posts:
        if post.names:
            assert when[post.names] < when[post.key], post.key
        for promise in post.commitments:
            if promise.reported:
                assert when[promise.reported] > when[post.key], post.key


def test_replies_do_not_come_from_the_future(script: Script):
    now = datetime(2025, 3, 5, 4, 0, tzinfo=UTC)
    zone = ZoneInfo(script.time_zone)

    def check(after: datetime, replies: tuple[Reply, ...], post: Post) -> None:
        for reply in replies:
            moment = after + timedelta(minutes=reply.after)
            assert moment < now, (post.key, reply)
            check(moment, reply.replies, post)

    for post in script.posts:
        check(post.when.at(now, zone), post.replies, post)


def test_one_level_of_nesting_is_enough(script: Script):
    assert all(
        not answer.replies for post in script.posts for reply in post.replies for answer in reply.replies
    )


def test_nobody_posts_on_a_saturday():
    saturday = datetime(2025, 3, 15, 23, 0, tzinfo=UTC)
    zone = ZoneInfo("America/Chicago")
    assert When(days_ago=7, clock="20:00").at(saturday, zone).astimezone(zone).strftime("%a") == "Sun"
    assert When(days_ago=8, clock="20:00").at(saturday, zone).astimezone(zone).strftime("%a") == "Fri"


def test_what_a_thread_names_is_in_it(script: Script):
    for post in script.posts:
        said = {reply.key: reply for reply in post.replies if reply.key}
        for reply in post.replies:
            assert not reply.to or reply.to in said, (post.key, reply.to)
            assert post.kind == "thread" or not (reply.key or reply.to), post.key
            if reply.quotes:
                words = BeautifulSoup(said[reply.quotes["of"]].html, "html.parser").get_text()
                assert reply.quotes["words"] in words, (post.key, reply.quotes)
        there = readers(script, post)
        assert set(post.read or {}) <= there, post.key
        assert {*(post.read or {}).values(), post.answer} - {""} <= set(said), post.key
        assert post.summary is None or post.summary["author"] in there, post.key
