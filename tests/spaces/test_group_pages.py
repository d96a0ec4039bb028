"""The pages of groups: who sees which, and what a press of a button does."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.spaces import actions
from app.spaces.models import Group, GroupAsk, GroupProposal, Space, SpaceMember
from app.spaces.queries import setting_of, tie_of
from tests.spaces.making import address, group_of
from tests.support.clients import Client
from tests.support.factories import World, make_post

Browser = Callable[[Any], Client]


def groups(world: World, rest: str = "") -> str:
    return f"/n/{world.network.slug}/groups/{rest}"


def belongs(space: Space, member: Any) -> bool:
    from app.core.db import db

    return db.session.get(SpaceMember, (space.id, member.id), populate_existing=True) is not None


def test_a_member_starts_a_group_and_leads_it(world: World, db: Any, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    assert "Start a group" in browser.get(groups(world, "new")).text
    sent = {
        "name": "Number talks",
        "purpose": "Ten minutes a day.",
        "access": "request",
        "driver_id": "",
        "grades": ["6", "7"],
    }
    answer = browser.post(groups(world, "new"), data=sent)
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"])
    assert "Number talks" in page.text
    assert "Tess Teacher" in page.text
    group = db.session.scalars(select(Group).join(Group.space).where(Space.slug == "number-talks")).one()
    assert (group.grades, group.form, group.space.member_count) == (192, "affinity", 1)
    assert tie_of(world.teacher, group.space_id).is_lead


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \u200b "},
        {"purpose": ""},
        {"access": "closed"},
        {"name": "x" * 121},
        {"driver_id": "999999"},
        {"grades": ["99"]},
    ],
)
def test_what_cannot_be_started_stays_in_the_form(
    wrong: dict[str, Any], world: World, db: Any, as_member: Browser
) -> None:
    sent = {"name": "Number talks", "purpose": "Kept words", "access": "open", "driver_id": ""}
    answer = as_member(world.teacher).post(groups(world, "new"), data={**sent, **wrong})
    assert answer.status_code == 422
    assert "Kept words" in answer.text or "purpose" in wrong
    assert db.session.scalar(select(Space.id).where(Space.kind == "group")) is None


def test_where_facilitators_start_groups_members_propose(world: World, db: Any, as_member: Browser) -> None:
    actions.set_who_starts(world.facilitator, world.network, members=False)
    browser, hub = as_member(world.teacher), as_member(world.facilitator)
    sent = {"name": "Number talks", "purpose": "Ten minutes", "access": "open", "driver_id": ""}
    assert browser.post(groups(world, "new"), data=sent).status_code == 303
    assert "Number talks" in browser.get(groups(world)).text
    proposal = db.session.scalars(select(GroupProposal)).one()
    settings = f"/n/{world.network.slug}/settings/groups"
    assert "Number talks" in hub.get(settings).text
    assert browser.post(f"{settings}/proposals/{proposal.id}/accept").status_code == 403
    assert hub.post(f"{settings}/proposals/{proposal.id}/accept").status_code == 303
    made = db.session.scalars(select(Space).where(Space.slug == "number-talks")).one()
    assert tie_of(world.teacher, made.id).is_lead


def test_a_principal_is_told_what_they_do_not_see(world: World, db: Any, as_member: Browser) -> None:
    query = select(Space).where(Space.site_id == world.principal.site_id, Space.kind == "site")
    space = db.session.scalars(query).one()
    told = "What the teachers share among themselves"
    assert told in as_member(world.principal).get(address(world, space)).text
    assert told not in as_member(world.teacher).get(address(world, space)).text


def test_asking_is_answered_with_a_reason(world: World, db: Any, as_member: Browser) -> None:
    space = group_of(world.teacher, question="What do you bring?")
    asker, lead = as_member(world.colleague), as_member(world.teacher)
    assert "What do you bring?" in asker.get(address(world, space)).text
    assert asker.post(address(world, space, "ask"), data={"answer": "A canary answer"}).status_code == 303
    assert "Asked." in asker.get(address(world, space)).text
    assert "A canary answer" in lead.get(address(world, space, "members")).text
    answer = lead.post(address(world, space, f"asks/{world.colleague.id}/decline"), data={"reason": "Full."})
    assert answer.status_code == 303
    ask = db.session.get(GroupAsk, (space.id, world.colleague.id), populate_existing=True)
    assert (ask.state, ask.reason) == ("declined", "Full.")
    asker.post(address(world, space, "ask"), data={"answer": "Again"})
    lead.post(address(world, space, f"asks/{world.colleague.id}/accept"))
    assert belongs(space, world.colleague)
    assert asker.get(f"/n/{world.network.slug}/spaces/{space.slug}/").status_code == 200


def test_an_invitation_opens_a_secret_group_and_a_no_closes_it(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, access="secret")
    lead, other = as_member(world.teacher), as_member(world.colleague)
    assert other.get(address(world, space)).status_code == 404
    assert "Cole Colleague" in lead.get(address(world, space, "members?invite=cole")).text
    assert lead.post(address(world, space, f"invite/{world.colleague.id}")).status_code == 303
    assert "Ratios" in other.get(groups(world)).text
    assert "Come in" in other.get(address(world, space)).text
    assert other.get(f"/n/{world.network.slug}/spaces/{space.slug}/").status_code == 302
    assert other.post(address(world, space, "invitation/decline")).status_code == 303
    assert other.get(address(world, space)).status_code == 404
    lead.post(address(world, space, f"invite/{world.colleague.id}"))
    other.post(address(world, space, "invitation/accept"))
    assert belongs(space, world.colleague)


def test_the_last_lead_hands_over(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague)
    browser = as_member(world.teacher)
    assert "last lead" in browser.get(address(world, space, "leave")).text
    assert browser.post(address(world, space, "leave"), data={"successor": ""}).status_code == 422
    assert belongs(space, world.teacher)
    assert (
        browser.post(address(world, space, "leave"), data={"successor": str(world.colleague.id)}).status_code
        == 303
    )
    assert not belongs(space, world.teacher)
    assert tie_of(world.colleague, space.id).is_lead


def test_an_open_group_without_a_lead_is_helped_by_the_hub(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague, access="open")
    as_member(world.teacher).post(address(world, space, "leave"), data={"successor": "nobody"})
    hub, settings = as_member(world.facilitator), f"/n/{world.network.slug}/settings/groups"
    page = hub.get(settings).text
    assert "Without a lead" in page
    assert space.slug not in page, "the list leads nowhere into the group"
    assert "I will lead" not in as_member(world.colleague).get(address(world, space)).text
    name = f"{settings}/{space.id}/lead"
    assert hub.post(name, data={"member": str(world.principal.id)}).status_code == 404
    assert hub.post(name, data={"member": str(world.colleague.id)}).status_code == 303
    assert tie_of(world.colleague, space.id).is_lead
    assert hub.post(f"{settings}/{space.id}/archive").status_code == 403, "now it has a lead"
    assert "Without a lead" not in hub.get(settings).text


def test_who_is_in_a_secret_group_the_hub_does_not_learn(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague, access="secret")
    as_member(world.teacher).post(address(world, space, "leave"), data={"successor": "nobody"})
    hub, settings = as_member(world.facilitator), f"/n/{world.network.slug}/settings/groups"
    page = hub.get(settings).text
    assert "its members are asked" in page
    assert "Cole Colleague" not in page
    assert hub.get(address(world, space)).status_code == 404
    for member in (world.principal, world.colleague):
        answer = hub.post(f"{settings}/{space.id}/lead", data={"member": str(member.id)})
        assert answer.status_code == 403, "the same for who is in it and who is not"
    browser = as_member(world.colleague)
    for rest in ("", "members"):
        assert "I will lead this group" in browser.get(address(world, space, rest)).text
    assert as_member(world.teacher).post(address(world, space, "step-up")).status_code == 404
    assert browser.post(address(world, space, "step-up")).status_code == 303
    assert tie_of(world.colleague, space.id).is_lead
    assert "I will lead" not in browser.get(address(world, space)).text
    assert browser.post(address(world, space, "step-up")).status_code == 403
    assert "its members are asked" not in hub.get(settings).text


def test_a_lead_changes_what_the_group_says(world: World, db: Any, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague)
    browser = as_member(world.teacher)
    sent = {
        "name": "Fractions",
        "purpose": "New words",
        "access": "secret",
        "driver_id": "",
        "question": "",
        "welcome": "<p>Hello <script>alert(1)</script>you</p>",
        "cover": "3",
    }
    old = address(world, space)
    assert as_member(world.colleague).post(f"{old}change", data=sent).status_code == 403
    answer = browser.post(f"{old}change", data=sent)
    assert answer.status_code == 303
    assert browser.get(old).status_code == 404, "a secret group has a new address"
    page = browser.get(answer.headers["Location"]).text
    assert "Fractions" in page
    assert "alert(1)" not in page
    wider = {**sent, "access": "open"}
    assert (
        browser.post(address(world, db.session.get(Space, space.id), "change"), data=wider).status_code == 422
    )


def test_a_newcomer_is_welcomed_once(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, access="open", welcome="Sit anywhere")
    browser = as_member(world.colleague)
    assert "Sit anywhere" not in browser.get(address(world, space)).text
    browser.post(address(world, space, "join"))
    discussion = f"/n/{world.network.slug}/spaces/{space.slug}/"
    assert "Sit anywhere" in browser.get(discussion).text
    assert "Sit anywhere" in browser.get(discussion).text, "reading is not putting away"
    browser.post(address(world, space, "welcomed"))
    assert "Sit anywhere" not in browser.get(discussion).text


def test_what_one_is_told_is_ones_own_choice(world: World, db: Any, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague)
    browser = as_member(world.colleague)
    assert browser.post(address(world, space, "told"), data={"level": "everything"}).status_code == 303
    assert browser.post(address(world, space, "told"), data={"mute": "week"}).status_code == 303
    db.session.expire_all()
    setting = setting_of(world.colleague, space.id)
    assert (setting.level, setting.is_muted) == ("everything", True)
    assert "Quiet until" in browser.get(address(world, space)).text
    browser.post(address(world, space, "told"), data={"mute": "off"})
    assert browser.post(address(world, space, "told"), data={"mute": "for ever"}).status_code == 404
    db.session.expire_all()
    assert not setting_of(world.colleague, space.id).is_muted


def test_an_archived_group_is_read_only_and_comes_back(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague)
    make_post(world.colleague, space, "Canary words")
    lead, member = as_member(world.teacher), as_member(world.colleague)
    assert member.post(address(world, space, "archive")).status_code == 403
    assert lead.post(address(world, space, "archive")).status_code == 303
    discussion = f"/n/{world.network.slug}/spaces/{space.slug}/"
    assert "Canary words" in member.get(discussion).text
    assert "data-composer-closed" not in member.get(discussion).text
    assert "Ratios" not in member.get(groups(world)).text
    assert "Ratios" in member.get(groups(world, "?archived=1")).text
    assert lead.post(address(world, space, "restore")).status_code == 303
    assert "data-composer-closed" in member.get(discussion).text


def test_the_directory_shows_mine_and_all(world: World, as_member: Browser) -> None:
    group_of(world.teacher, name="Ratios talk", access="open")
    group_of(world.colleague, name="Data days", access="request", grades=128)
    group_of(world.colleague, name="Hidden things", access="secret")
    browser = as_member(world.teacher)
    mine = browser.get(groups(world)).text
    assert "Ratios talk" in mine
    assert "You might like" in mine, "same grade"
    everything = browser.get(groups(world, "?show=all")).text
    assert "Data days" in everything
    assert "Hidden things" not in everything
    assert "Data days" in browser.get(groups(world, "?show=all&q=DATA")).text
    assert "Ratios talk" not in browser.get(groups(world, "?show=all&q=data")).text
    assert "Data days" in browser.get(groups(world, "?show=suggested")).text
    assert "Hidden things" not in browser.get(groups(world, "?show=all&q=hidden")).text
    assert (
        "Ratios talk"
        not in as_member(world.outsider).get(f"/n/{world.outsider.network.slug}/groups/?show=all").text
    )


def test_a_following_group_is_opened_by_the_hub(world: World, db: Any, as_member: Browser) -> None:
    hub, settings = as_member(world.facilitator), f"/n/{world.network.slug}/settings/groups"
    assert (
        as_member(world.teacher)
        .post(f"{settings}/follow", data={"name": "x", "roles": "teacher"})
        .status_code
        == 403
    )
    assert hub.post(f"{settings}/follow", data={"name": "All principals"}).status_code == 422
    assert (
        hub.post(f"{settings}/follow", data={"name": "All principals", "roles": "principal"}).status_code
        == 303
    )
    space = db.session.scalars(select(Space).where(Space.slug == "all-principals")).one()
    assert belongs(space, world.principal)
    assert not belongs(space, world.teacher)
    browser = as_member(world.principal)
    assert "Step out" in browser.get(address(world, space)).text
    browser.post(address(world, space, "leave"))
    assert not belongs(space, world.principal)
    assert "Come back" in browser.get(address(world, space)).text
    browser.post(address(world, space, "join"))
    assert belongs(space, world.principal)


def test_members_only_pages_are_not_for_outsiders(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher)
    browser = as_member(world.colleague)
    assert browser.get(address(world, space)).status_code == 200
    for rest in ("members", "leave", "files", "leads"):
        assert browser.get(address(world, space, rest)).status_code in (403, 404), rest
    assert browser.get(f"/n/{world.network.slug}/settings/groups").status_code == 403


def test_the_hubs_list_is_a_page_of_the_settings(world: World, as_member: Browser) -> None:
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/settings/groups").text
    assert page.count(f'href="/n/{world.network.slug}/settings/" aria-current="page"') == 1
    discussion = as_member(world.teacher).get(f"/n/{world.network.slug}/spaces/cedar/").text
    assert f'href="/n/{world.network.slug}/groups/" aria-current="page"' in discussion
