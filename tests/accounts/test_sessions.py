"""Where somebody is signed in, and ending it there."""

import pytest

from app.accounts import actions, queries
from app.accounts.models import Session
from app.core import streams
from app.core.access import Forbidden
from tests.accounts.conftest import OTHER, is_in, sign_in


def ended(account):
    """The sessions whose end stands in the account's stream, in order."""
    lines = streams.missed(f"account:{account.id}", 0) or []
    assert all(line.kind == "session:ended" for line in lines)
    return [line.subject_id for line in lines]


def test_the_list_shows_each_browser_with_a_button(new_client, ada):
    desk, phone = new_client(), new_client()
    sign_in(desk, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/141"})
    sign_in(phone, headers={"User-Agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604.1"})
    page = desk.get("/account/").get_data(as_text=True)
    assert "Chrome on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count(">Sign out there<") == 1
    assert "Sign out everywhere else" in page


def test_signing_out_there(new_client, ada):
    desk, phone = new_client(), new_client()
    sign_in(desk)
    sign_in(phone)
    there = queries.sessions_of(ada)[0].id
    assert desk.post(f"/account/sessions/{there}/end").status_code == 303
    assert not is_in(phone)
    assert is_in(desk)
    assert ended(ada) == [there]


def test_signing_out_here_from_the_list(client, ada):
    sign_in(client)
    (session,) = queries.sessions_of(ada)
    assert client.post(f"/account/sessions/{session.id}/end").headers["Location"] == "/sign-in"
    assert not is_in(client)


def test_signing_out_everywhere_else(new_client, ada):
    desk, others = new_client(), [new_client() for _ in range(3)]
    for client in (desk, *others):
        sign_in(client)
    assert desk.post("/account/sessions/end-others").status_code == 303
    assert is_in(desk)
    assert not any(is_in(client) for client in others)
    assert len(ended(ada)) == 3


def test_somebody_elses_session_is_not_there(new_client, ada, bob):
    mine, theirs = new_client(), new_client()
    sign_in(mine)
    sign_in(theirs, "bob@maple.example", OTHER)
    (session,) = queries.sessions_of(bob)
    assert mine.post(f"/account/sessions/{session.id}/end").status_code == 404
    assert mine.post("/account/sessions/999999/end").status_code == 404
    assert is_in(theirs)
    with pytest.raises(Forbidden):
        actions.end_session(ada, session)
    assert is_in(theirs)


def test_signing_out_closes_the_sockets_of_that_browser(client, ada):
    sign_in(client)
    session_id = queries.sessions_of(ada)[0].id
    client.post("/sign-out")
    assert ended(ada) == [session_id]


def test_expired_sessions_are_swept_with_their_sockets(client, ada, clock):
    from app.accounts import jobs

    sign_in(client)
    session_id = queries.sessions_of(ada)[0].id
    clock.move(hours=11)
    jobs.end_expired_sessions()
    assert Session.query.count() == 1
    clock.move(hours=2)
    jobs.end_expired_sessions()
    assert Session.query.count() == 0
    assert ended(ada) == [session_id]


def test_a_stranger_has_no_account_page(client):
    assert client.get("/account/", headers={"Accept": "text/html"}).status_code == 302
    for path in (
        "/account/sessions/end-others",
        "/account/sessions/1/end",
        "/account/password",
        "/account/delete",
    ):
        assert client.post(path, data={}).status_code in (302, 401)


@pytest.mark.parametrize("way", ["password", "reset", "suspend", "delete"])
def test_what_ends_every_other_session(new_client, ada, way):
    from tests.accounts.conftest import GOOD

    desk, phone = new_client(), new_client()
    sign_in(desk)
    sign_in(phone)
    if way == "password":
        desk.post("/account/password", data={"password": GOOD, "new_password": OTHER})
        assert is_in(desk)
    elif way == "reset":
        from app.accounts.actions.passwords import token_of
        from app.accounts.models import PasswordReset

        actions.ask_for_reset(None, email="ada@cedar.example")
        actions.reset_password(token_of(PasswordReset.query.one()), new=OTHER)
        assert not is_in(desk)
    elif way == "suspend":
        actions.suspend_account(None, ada)
        assert not is_in(desk)
    else:
        desk.post("/account/delete", data={"password": GOOD, "keep": "yes"})
        assert not is_in(desk)
    assert not is_in(phone)
    assert len(ended(ada)) >= 1


def test_changing_the_password_renews_the_token(client, new_client, ada):
    from tests.accounts.conftest import GOOD

    sign_in(client)
    with client.session_transaction() as session:
        copied = session["_user_id"]
    client.post("/account/password", data={"password": GOOD, "new_password": OTHER})
    assert is_in(client)
    thief = new_client()
    with thief.session_transaction() as session:
        session["_user_id"] = copied
    assert not is_in(thief)


def test_behind_a_socket_is_the_account_as_it_is_now(ada):
    from app.core.realtime import registry

    assert registry.find_account(ada.id) is ada
    actions.suspend_account(None, ada)
    assert registry.find_account(ada.id) is None
    assert registry.find_account(999999) is None
