"""Proposals: any member, talked over in the commons, answered by one facilitator, overtaken and renewed."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.actions.leaving import erase_account
from app.contributions.actions import remove_contribution
from app.contributions.models import Contribution
from app.core import personal
from app.core.access import Forbidden, NotFound
from app.networks.actions import Overtaken, accept_norms, adopt_norms
from app.networks.queries import history_of, norms_of, norms_version
from app.norms.actions import Answered, NothingChanges, adopt, decline, propose, renew, rows_with
from app.norms.models import NormsProposal
from app.norms.queries import get_proposal, open_proposals
from tests.support.clients import Client
from tests.support.factories import World, make_reply

Browser = Callable[[Any], Client]
NEW = {"title": "Small and soon", "meaning": "We try the smallest version.", "example": ""}


def rows(world: World, *more: dict[str, str], **reword: str) -> list[dict[str, str]]:
    """The norms that hold, the first one reworded, with more behind them."""
    kept = [dict(norm) for norm in norms_version(world.network).norms]
    kept[0].update(reword)
    return [*kept, *more]


def proposed(world: World, *more: dict[str, str], title: str = "Try small", **reword: str) -> Contribution:
    return propose(
        world.teacher, rows(world, *more, **reword), title=title, html="<p>Because.</p>", after=None
    )


def test_any_member_proposes_and_a_facilitator_adopts(world: World, outbox: Any, db: Any) -> None:
    root = proposed(world, NEW, meaning="Everybody listens.")
    assert (root.space_id, root.kind) == (world.commons.id, "norms")
    _root, proposal = get_proposal(world.colleague, root.id)
    assert [(change.how, change.norm.title) for change in proposal.wishes] == [
        ("reworded", "All voices"),
        ("added", "Small and soon"),
    ]
    make_reply(world.colleague, root, "I like the second one")
    adopt(world.facilitator, root, word="We all agreed")
    assert [(norm.ref, norm.title) for norm in norms_of(world.network)] == [
        ("n1", "All voices"),
        ("n2", "Small and soon"),
    ]
    newest = history_of(world.network)[0].version
    assert (newest.version, newest.why, newest.adopted_by) == (2, "We all agreed", world.facilitator)
    assert (proposal.state, proposal.version, proposal.decided_by) == ("adopted", 2, world.facilitator)
    assert root.card["state"] == "adopted"
    assert not open_proposals(world.teacher)
    with pytest.raises(Answered):
        decline(world.director, root, word="No")


def test_members_cannot_answer_and_readers_cannot_propose(world: World) -> None:
    root = proposed(world, NEW)
    for verb in (adopt, decline):
        with pytest.raises(Forbidden):
            verb(world.teacher, root, word="x")
        with pytest.raises(NotFound):
            verb(world.outsider, root, word="x")
    world.neighbour.standing = "paused"
    with pytest.raises(Forbidden):
        propose(world.neighbour, rows(world, NEW), title="Mine", html="<p>x</p>", after=None)


def test_nothing_to_change_is_no_proposal(world: World) -> None:
    with pytest.raises(NothingChanges):
        proposed(world)
    with pytest.raises(Overtaken):
        propose(world.teacher, rows(world, NEW), title="Old", html="<p>x</p>", after=9)


def test_what_was_overtaken_says_so_and_is_renewed(world: World, db: Any) -> None:
    root = proposed(world, NEW, title="Mine")
    other = proposed(world, {**NEW, "title": "Other"}, title="Other")
    adopt(world.facilitator, other)
    db.session.refresh(root)
    assert root.card["overtaken"] is True
    with pytest.raises(Overtaken):
        adopt(world.facilitator, root)
    _root, proposal = get_proposal(world.teacher, root.id)
    fits = rows_with(norms_of(world.network), proposal.wishes)
    assert [row["title"] for row in fits] == ["All voices", "Other", "Small and soon"]
    with pytest.raises(Forbidden):
        renew(world.colleague, root, fits, after=2)
    with pytest.raises(Overtaken):
        renew(world.teacher, root, fits, after=1)
    renew(world.teacher, root, fits, after=2)
    assert (proposal.base, root.card["overtaken"]) == (2, False)
    adopt(world.director, root)
    assert [norm.ref for norm in norms_of(world.network)] == ["n1", "n2", "n3"]


def test_a_norm_can_be_dropped(world: World) -> None:
    adopt_norms(world.director, world.network, rows(world, NEW))
    root = propose(world.teacher, rows(world)[:1], title="One less", html="<p>x</p>", after=2)
    _root, proposal = get_proposal(world.teacher, root.id)
    assert [(change.how, change.norm.ref) for change in proposal.wishes] == [("gone", "n2")]
    adopt(world.facilitator, root)
    assert [norm.ref for norm in norms_of(world.network)] == ["n1"]


def test_two_who_answer_at_once_are_one_answer(world: World, as_member: Browser) -> None:
    root = proposed(world, NEW)
    first, second = as_member(world.facilitator), as_member(world.director)
    mark = get_proposal(world.facilitator, root.id)[1].mark
    here = f"/n/{world.network.slug}/c/{root.id}"
    assert first.post(f"{here}/decline", data={"word": "Not now", "read": mark}).status_code == 303
    answer = second.post(f"{here}/adopt", follow_redirects=True)
    assert "A colleague has answered it already" in answer.text
    assert "Not adopted" in answer.text
    assert "by Fay Facilitator" in answer.text
    assert world.network.norms_version == 1


def test_the_form_the_talk_and_the_answer(world: World, as_member: Browser) -> None:
    home = f"/n/{world.network.slug}/norms"
    browser = as_member(world.teacher)
    assert "Propose a change" in browser.get(f"{home}/").text
    first = norms_version(world.network).norms[0]
    sent = {
        "ref": ["n1", "", ""],
        "title": [first["title"], "Small and soon", ""],
        "meaning": ["Everybody is heard.", "", ""],
        "example": [first["example"], "", ""],
        "after": "1",
        "body": "Because it helps",
    }
    assert "Why?" in browser.get(f"{home}/propose").text
    wrong = browser.post(f"{home}/propose", data=sent)
    assert wrong.status_code == 422
    assert "Everybody is heard." in wrong.text, "what was typed stays"
    answer = browser.post(f"{home}/propose", data={**sent, "title_of_it": "Hear everybody"})
    assert answer.status_code == 303
    page = as_member(world.facilitator).get(answer.location).text
    assert "Everybody <del>speaks.</del><ins>is heard.</ins>" in page
    assert "Adopt it" in page
    assert "Adopt it" not in browser.get(answer.location).text
    assert "Hear everybody" in browser.get(f"{home}/").text
    assert "Hear everybody" in browser.get(f"/n/{world.network.slug}/").text
    unchanged = {**sent, "title_of_it": "x", "meaning": [first["meaning"]], "title": [first["title"]]}
    assert browser.post(f"{home}/propose", data=unchanged).status_code == 422
    stale = {**sent, "title_of_it": "x", "after": "7"}
    assert browser.post(f"{home}/propose", data=stale).status_code == 409


def test_bringing_it_up_to_date_on_its_page(world: World, as_member: Browser, db: Any) -> None:
    root = proposed(world, NEW, title="Mine")
    adopt(world.facilitator, proposed(world, {**NEW, "title": "Other"}, title="Other"))
    for member in (world.teacher, world.colleague):
        accept_norms(member, 2)
    browser, here = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    assert "Version 2 came to hold meanwhile" in browser.get(here).text
    form = browser.get(f"{here}/renew").text
    for words in ("Other", "Small and soon"):
        assert f'value="{words}"' in form
    one = norms_version(world.network).norms[0]
    titles = [one["title"], "Other", "Small, soon, shared"]
    sent = {"ref": ["n1", "n2", ""], "title": titles, "meaning": [one["meaning"], NEW["meaning"], ""]}
    sent |= {"example": [one["example"], "", ""], "gone": ["n2"], "after": ["2"]}
    assert as_member(world.colleague).get(f"{here}/renew").status_code == 403
    assert browser.post(f"{here}/renew", data=sent).status_code == 303
    db.session.expire_all()
    _root, proposal = get_proposal(world.teacher, root.id)
    assert [(change.how, change.norm.title) for change in proposal.wishes] == [
        ("added", "Small, soon, shared"),
        ("gone", "Other"),
    ]


def test_declining_needs_a_word(world: World, as_member: Browser) -> None:
    root = proposed(world, NEW)
    here = f"/n/{world.network.slug}/c/{root.id}"
    browser = as_member(world.facilitator)
    answer = browser.post(f"{here}/decline", data={"word": " "}, follow_redirects=True)
    assert "Please say in a word why" in answer.text
    assert as_member(world.teacher).post(f"{here}/adopt").status_code == 403
    assert as_member(world.outsider).post(f"{here}/adopt").status_code == 404


def test_everybody_in_the_talk_is_told(world: World, outbox: Any, as_member: Browser) -> None:
    root = proposed(world, NEW, title="Try small")
    outbox.drain()
    hub = as_member(world.facilitator)
    assert "proposes a change to the norms" in hub.get("/notifications").text
    make_reply(world.colleague, root, "Yes please")
    make_reply(world.facilitator, root, "Let us see")
    decline(world.facilitator, root, word="Later")
    outbox.drain()
    for who in (world.teacher, world.colleague):
        assert "the norms stay as they are" in as_member(who).get("/notifications").text
    assert "the norms stay as they are" not in hub.get("/notifications").text, "they did it themselves"
    assert "the norms stay as they are" not in as_member(world.principal).get("/notifications").text


def test_who_proposed_takes_it_back(world: World) -> None:
    root = proposed(world, NEW)
    remove_contribution(world.teacher, root)
    assert not open_proposals(world.colleague)
    with pytest.raises(NotFound):
        adopt(world.facilitator, root)


def test_what_a_person_proposed_is_handed_over_and_goes_with_them(world: World, db: Any) -> None:
    root = proposed(world, NEW)
    account = world.teacher.account
    made = dict(personal.everything_of(account))
    (mine,) = made[f"norms/{world.network.slug}/proposals.json"]
    assert mine["changes"][0]["new"]["title"] == "Small and soon"
    erase_account(account, keep_contributions=False)
    assert db.session.get(NormsProposal, root.id) is None
