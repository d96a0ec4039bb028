"""Back in without the password."""

import pytest

from app.accounts import actions, queries
from app.accounts.actions.passwords import token_of
from app.accounts.models import PasswordReset
from app.core import tokens
from app.core.outbox import OutboxRow
from tests.accounts.conftest import GOOD, OTHER, is_in, path_in, sign_in
from tests.accounts.test_sign_in import without_tokens


def ask(client, email="ada@cedar.example", **more):
    return client.post("/reset", data={"email": email}, **more)


def test_the_whole_way(client, new_client, ada, letters):
    elsewhere = new_client()
    sign_in(elsewhere)
    assert ask(client).status_code == 303
    (letter,) = letters()
    assert letter.to == "ada@cedar.example"
    assert letter.links[0].startswith("http://127.0.0.1:5000/reset/")
    assert client.get(path_in(letter)).status_code == 200
    answer = client.post(path_in(letter), data={"password": OTHER})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(elsewhere)
    assert not is_in(client), "who set it signs in with it"
    assert sign_in(client).status_code == 422
    assert sign_in(client, password=OTHER).status_code == 303


def test_the_owner_hears_of_it(client, ada, letters):
    ask(client)
    client.post(path_in(letters()[0]), data={"password": OTHER})
    assert letters()[-1].subject == "Your password was changed"
    assert letters()[-1].to == "ada@cedar.example"


def test_the_answer_never_says_whether_there_is_an_account(new_client, ada, letters):
    one, other = new_client(), new_client()
    known, unknown = ask(one), ask(other, "nix@cedar.example")
    assert known.status_code == unknown.status_code
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(known.data) == len(unknown.data)
    pages = [client.get("/reset/asked").get_data(as_text=True) for client in (one, other)]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert len(letters()) == 1


def test_an_unknown_address_does_the_same_work(client, ada, db):
    from sqlalchemy import event

    done = []

    def note(_conn, _cursor, statement, *_rest):
        done.append(statement)

    counts = []
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for email in ("ada@cedar.example", "nix@cedar.example"):
            done.clear()
            ask(client, email)
            counts.append([line.split(maxsplit=1)[0] for line in done])
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]
    assert PasswordReset.query.count() == 2
    assert OutboxRow.query.count() == 2


def test_a_link_works_once(client, ada, letters):
    ask(client)
    path = path_in(letters()[0])
    client.post(path, data={"password": OTHER})
    assert client.get(path).status_code == 410
    assert client.post(path, data={"password": "another good one"}).status_code == 410
    assert sign_in(client, password=OTHER).status_code == 303


def test_looking_at_a_link_uses_nothing_up(client, ada, letters):
    ask(client)
    path = path_in(letters()[0])
    for _ in range(3):
        assert client.get(path).status_code == 200
        client.head(path)
    assert client.post(path, data={"password": "short"}).status_code == 422
    assert client.post(path, data={"password": OTHER}).status_code == 303


def test_a_link_lasts_an_hour(client, ada, letters, clock):
    ask(client)
    path = path_in(letters()[0])
    clock.move(minutes=59)
    assert client.get(path).status_code == 200
    clock.move(minutes=2)
    assert client.get(path).status_code == 410
    assert client.post(path, data={"password": OTHER}).status_code == 410
    assert sign_in(client).status_code == 303


def test_a_newer_link_closes_the_older(client, ada, letters):
    ask(client)
    old = path_in(letters()[0])
    ask(client)
    new = path_in(letters()[1])
    assert client.get(old).status_code == 410
    assert client.post(old, data={"password": OTHER}).status_code == 410
    assert client.post(new, data={"password": OTHER}).status_code == 303


def test_somebody_elses_link_stays_open(client, ada, bob, letters):
    ask(client, "bob@maple.example")
    ask(client)
    assert client.get(path_in(letters()[0])).status_code == 200


def test_three_mails_an_hour_and_the_last_link_stays_good(client, ada, letters, clock):
    for _ in range(6):
        assert ask(client).status_code == 303
        letters()
    assert len(letters()) == 3
    assert client.get(path_in(letters()[-1])).status_code == 200
    clock.move(minutes=61)
    ask(client)
    assert len(letters()) == 4


def test_the_host_that_a_request_names_is_not_believed(client, ada, letters):
    ask(client, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in letters()[0].text


@pytest.mark.parametrize("token", ["x", "0" * 43, "a" * 5000, "%00", "é", "..%2f..", "'--"])
def test_a_made_up_link_is_closed(client, ada, token):
    ask(client)
    assert client.get(f"/reset/{token}").status_code in (404, 410)
    assert client.post(f"/reset/{token}", data={"password": OTHER}).status_code in (404, 410)
    assert sign_in(client).status_code == 303


def test_the_token_is_kept_nowhere(client, ada, db, letters):
    ask(client)
    reset = PasswordReset.query.one()
    token = token_of(reset)
    assert reset.token_hash == tokens.fingerprint(token)
    assert all(token not in str(value) for value in vars(reset).values())
    row = OutboxRow.query.first()
    assert row.payload == {"reset_id": reset.id}
    assert token in letters()[0].text


def test_a_token_of_a_change_of_address_is_no_reset(client, ada, letters):
    from app.accounts.actions.addresses import token_of as email_token

    change = actions.ask_to_change_email(ada, email="new@cedar.example", password=GOOD)
    assert client.get(f"/reset/{email_token(change)}").status_code == 410


def test_a_reset_row_for_nobody_opens_nothing(client, db, ada):
    ask(client, "nix@cedar.example")
    reset = PasswordReset.query.one()
    assert reset.account_id is None
    assert client.get(f"/reset/{token_of(reset)}").status_code == 410


def test_suspended_and_deleted_people_get_no_mail(client, ada, bob, letters):
    actions.suspend_account(None, ada)
    actions.erase_account(bob, keep_contributions=True)
    ask(client)
    ask(client, "bob@maple.example")
    assert letters() == []


def test_a_link_asked_for_before_the_suspension_is_closed(client, ada, letters):
    ask(client)
    path = path_in(letters()[0])
    actions.suspend_account(None, ada)
    assert client.post(path, data={"password": OTHER}).status_code == 410


def test_mail_that_waited_too_long_is_not_sent(client, ada, letters, clock):
    ask(client)
    clock.move(minutes=61)
    assert letters() == []


def test_a_poor_password_is_refused_and_the_link_stays(client, ada, letters):
    ask(client)
    path = path_in(letters()[0])
    answer = client.post(path, data={"password": "ada.byrne1"})
    assert answer.status_code == 422
    assert "easy to guess" in answer.get_data(as_text=True)
    assert client.get(path).status_code == 200


def test_resetting_makes_the_browser_known(client, new_client, ada, letters):
    """Somebody who is being guessed at gets back in by mail, whatever the budget says."""
    for _ in range(6):
        sign_in(new_client(), password="wrong words here")
    assert sign_in(client).status_code == 429
    ask(client)
    client.post(path_in(letters()[0]), data={"password": OTHER})
    assert sign_in(client, password=OTHER).status_code == 303


def test_a_changed_password_closes_open_links(client, ada, letters):
    ask(client)
    path = path_in(letters()[0])
    actions.change_password(ada, current=GOOD, new=OTHER)
    assert client.get(path).status_code == 410


def test_an_account_without_a_password_gets_one_by_reset(client, db, letters):
    actions.open_account(email="new@cedar.example", name="New", password=None)
    ask(client, "new@cedar.example")
    client.post(path_in(letters()[0]), data={"password": OTHER})
    assert sign_in(client, "new@cedar.example", OTHER).status_code == 303


def test_old_links_are_swept(client, ada, clock, letters):
    from app.accounts import jobs

    ask(client)
    letters()
    clock.move(days=6)
    jobs.sweep()
    assert PasswordReset.query.count() == 1
    clock.move(days=2)
    jobs.sweep()
    assert PasswordReset.query.count() == 0
    assert queries.account_of_address("ada@cedar.example") is ada


@pytest.mark.durable
def test_of_two_people_with_one_link_the_first_wins(app, db):
    import threading

    actions.open_account(email="ada@cedar.example", name="Ada", password=GOOD)
    actions.ask_for_reset(None, email="ada@cedar.example")
    token = token_of(PasswordReset.query.one())
    db.session.commit()
    outcomes = []

    def use(number):
        with app.app_context():
            try:
                actions.reset_password(token, new=f"a good password {number}")
                outcomes.append("in")
            except actions.LinkClosed:
                outcomes.append("closed")

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["closed"] * 5 + ["in"]
