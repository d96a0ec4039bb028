"""Facilitators' invitations: links, pasted lists, what is sent and what is not."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.access import Forbidden
from app.core.mail import kept
from app.networks.actions import Person, invite_people, join, make_invitation, revoke_invitation, send_again
from app.networks.forms.pasted import read_people
from app.networks.models import Invitation, MailInvitation
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]


@pytest.mark.parametrize(
    ("pasted", "email", "name"),
    [
        ("Ana Ruiz <ana@x.org>", "ana@x.org", "Ana Ruiz"),
        ("ana@x.org, Ana Ruiz", "ana@x.org", "Ana Ruiz"),
        ("Ana Ruiz, ana@x.org", "ana@x.org", "Ana Ruiz"),
        ("Ana Ruiz\tana@x.org", "ana@x.org", "Ana Ruiz"),
        ("ana@x.org\tAna\tRuiz", "ana@x.org", "Ana Ruiz"),
        ("Ruiz, Ana <ana@x.org>;", "ana@x.org", "Ana Ruiz"),
        ('"Ruiz, Ana" <Ana@X.org>', "ana@x.org", "Ana Ruiz"),
        ("<mailto:ana@x.org>", "ana@x.org", ""),
        ("  ana@x.org  ", "ana@x.org", ""),
        ("Zoë Müller <zoe@schule.example>", "zoe@schule.example", "Zoë Müller"),
    ],
)
def test_a_line_is_read_in_many_shapes(app: Any, pasted: str, email: str, name: str) -> None:
    entries = read_people(pasted)
    assert [(entry.email, entry.name, entry.wrong) for entry in entries] == [(email, name, "")]


def test_a_list_is_taken_apart(app: Any) -> None:
    entries = read_people(
        "Name\tEmail\nAna <a@x.org>; Ben <b@x.org>\n\nc@x.org, d@x.org\nA <A@x.org>\nnobody\n@"
    )
    assert [entry.email for entry in entries if entry.email] == ["a@x.org", "b@x.org", "c@x.org", "d@x.org"]
    assert [bool(entry.wrong) for entry in entries] == [False] * 4 + [True] * 3


def test_semicolons_and_commas_in_one_line_lose_nobody(app: Any) -> None:
    entries = read_people("Jo Ellis <jo@x.org>, amy@x.org; Ruiz, Ana <ana@x.org>")
    assert [(entry.email, entry.name) for entry in entries] == [
        ("jo@x.org", "Jo Ellis"),
        ("amy@x.org", ""),
        ("ana@x.org", "Ana Ruiz"),
    ]


@pytest.mark.parametrize(
    "nonsense", ["@" * 30_000, "a@" * 20_000, "<" * 50_000, "a@b." + "c" * 40_000, "\x00\u202e@\n"]
)
def test_hostile_lists_are_read_quickly_and_invite_nobody(app: Any, nonsense: str) -> None:
    assert not [entry for entry in read_people(nonsense) if entry.email]


def test_the_preview_sends_nothing(world: World, browser_of: BrowserOf, db: Any, outbox: Any) -> None:
    invite_people(world.facilitator, world.network, [Person("before@x.org", "Bea Before")])
    outbox.drain()
    sent = len(kept())
    member = world.teacher.account.email
    text = f"Ana <new@x.org>\n{member}\nbefore@x.org\nwrong"
    page = browser_of(world.facilitator).post(
        f"/n/{world.network.slug}/invitations/mail", data={"people": text, "step": "preview"}
    )
    assert page.status_code == 200
    for said in ("New: gets an invitation", "Already a member", "Invited before", "No email address here."):
        assert said in page.text
    outbox.drain()
    assert len(kept()) == sent
    assert db.session.scalar(select(func.count(MailInvitation.id))) == 1


def test_sending_writes_one_mail_to_each_new_person(
    world: World, browser_of: BrowserOf, db: Any, outbox: Any
) -> None:
    browser = browser_of(world.facilitator)
    data = {"people": f"Ana <ana1@x.org>\n{world.teacher.account.email}", "step": "send", "role": "teacher"}
    assert browser.post(f"/n/{world.network.slug}/invitations/mail", data=data).status_code == 302
    outbox.drain()
    letters = kept("ana1@x.org")
    assert len(letters) == 1
    assert "Fay Facilitator" in letters[0].text
    assert not kept(world.teacher.account.email)
    mail = db.session.scalar(select(MailInvitation).where(MailInvitation.email == "ana1@x.org"))
    assert mail.sent_at is not None
    assert f"/join/{mail.invitation.token}" in letters[0].text
    member = join(make_account("Ana"), mail.invitation.token)
    assert member.role == "teacher"
    db.session.refresh(mail)
    assert mail.accepted_at is not None


def test_sending_again_writes_again_with_the_same_link(world: World, outbox: Any, clock: Any) -> None:
    (mail,) = invite_people(world.facilitator, world.network, [Person("again@x.org")])
    token = mail.invitation.token
    outbox.drain()
    clock.move(days=3)
    send_again(world.facilitator, mail)
    outbox.drain()
    assert len(kept("again@x.org")) == 2
    assert all(token in letter.text for letter in kept("again@x.org"))


def test_a_revoked_invitation_is_not_sent(world: World, outbox: Any) -> None:
    (mail,) = invite_people(world.facilitator, world.network, [Person("late@x.org")])
    revoke_invitation(world.facilitator, mail.invitation)
    outbox.drain()
    assert not kept("late@x.org")


def test_a_facilitator_makes_and_revokes_a_link_in_the_page(
    world: World, browser_of: BrowserOf, db: Any
) -> None:
    browser = browser_of(world.facilitator)
    place = f"/n/{world.network.slug}/invitations/"
    data = {
        "role": "coach",
        "site_id": str(world.cedar.id),
        "days": "7",
        "max_uses": "3",
        "makes_facilitator": "y",
    }
    assert browser.post(place, data=data).status_code == 302
    link = db.session.scalar(select(Invitation).where(Invitation.network_id == world.network.id))
    assert (link.role, link.site_id, link.max_uses) == ("coach", world.cedar.id, 3)
    assert link.makes_facilitator is False
    assert link.token in browser.get(place).text
    browser.post(f"{place}{link.id}/revoke")
    db.session.refresh(link)
    assert link.revoked_at is not None
    assert link.token not in browser.get(place).text


@pytest.mark.parametrize(
    "wrong",
    [{"days": "1000"}, {"max_uses": "0"}, {"max_uses": "x"}, {"role": "admin"}, {"site_id": "999999"}],
)
def test_a_wrong_link_is_not_made(
    world: World, browser_of: BrowserOf, db: Any, wrong: dict[str, str]
) -> None:
    good = {"role": "", "site_id": "", "days": "30", "max_uses": ""}
    answer = browser_of(world.director).post(f"/n/{world.network.slug}/invitations/", data={**good, **wrong})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Invitation.id))) == 0


def test_an_outside_director_neither_sees_nor_revokes(world: World, browser_of: BrowserOf, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network)
    with pytest.raises(Forbidden):
        revoke_invitation(world.outsider, link)
    with pytest.raises(Forbidden):
        make_invitation(world.facilitator, world.network, makes_facilitator=True)
    outside = browser_of(world.outsider)
    assert outside.post(f"/n/{world.network.slug}/invitations/{link.id}/revoke").status_code == 404
    own = outside.post(f"/n/{world.outsider.network.slug}/invitations/{link.id}/revoke")
    assert own.status_code in (403, 404)
    db.session.refresh(link)
    assert link.revoked_at is None


def test_links_that_are_passed_on_begin_with_our_own_address(
    world: World, browser_of: BrowserOf, app: Any
) -> None:
    """What a request says of its host could be anybody's."""
    token = make_invitation(world.facilitator, world.network).token
    home, ours = f"/n/{world.network.slug}", app.config["BASE_URL"]
    browser = browser_of(world.facilitator)
    for page, link in (
        ("invitations/", f"{ours}/join/{token}"),
        ("asks/", f"{ours}{home}/ask"),
        ("settings/joining", f"{ours}{home}/ask"),
    ):
        text = browser.get(f"{home}/{page}", headers={"X-Forwarded-Host": "evil.example"}).text
        assert link in text
        assert "evil.example" not in text
        forged = browser.get(f"{home}/{page}", base_url="http://evil.example")
        assert forged.status_code != 200 or link in forged.text
        assert "http://evil.example" not in forged.text
