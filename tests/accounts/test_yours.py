"""One's own account: name, address, password, preferences."""

import pytest

from app.accounts import actions, queries
from app.accounts.models import Account, EmailChange
from tests.accounts.conftest import GOOD, OTHER, is_in, path_in, sign_in

PROFILE = {"name": "Ada Byrne", "time_zone": "America/Chicago", "language": "en", "theme": "dark"}


@pytest.fixture
def me(client, ada):
    """Ada's browser, signed in."""
    sign_in(client)
    return client


def test_name_and_preferences(me, ada):
    answer = me.post("/account/", data={**PROFILE, "name": "  Ada   Lovelace\u200b "})
    assert answer.status_code == 303
    assert (ada.name, ada.time_zone, ada.theme) == ("Ada Lovelace", "America/Chicago", "dark")
    assert me.get_cookie("theme").value == "dark"
    page = me.get("/account/").get_data(as_text=True)
    assert 'data-theme="dark"' in page
    assert 'value="Ada Lovelace"' in page


def test_the_colours_follow_to_another_browser(me, new_client, ada):
    me.post("/account/", data=PROFILE)
    other = new_client()
    sign_in(other)
    assert other.get_cookie("theme").value == "dark"
    other.post("/account/", data={**PROFILE, "theme": "auto"})
    assert other.get_cookie("theme") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \u200b "},
        {"name": "x" * 81},
        {"time_zone": "Mars/Base"},
        {"time_zone": "../../etc/passwd"},
        {"language": "xx"},
        {"theme": "neon"},
    ],
)
def test_what_is_not_offered_is_refused(me, ada, wrong):
    assert me.post("/account/", data={**PROFILE, **wrong}).status_code == 422
    assert (ada.name, ada.time_zone, ada.language, ada.theme) == ("Ada Byrne", "UTC", "en", "auto")


def test_the_action_refuses_too(ada):
    for wrong in ({"name": ""}, {"time_zone": "Mars"}, {"language": "xx"}, {"theme": "neon"}):
        with pytest.raises(actions.Objection):
            actions.save_profile(ada, **{**PROFILE, **wrong})


def test_only_what_the_form_has_can_be_set(me, ada, bob):
    before = {column.key: getattr(ada, column.key) for column in Account.__table__.columns}
    extra = {
        "id": str(bob.id),
        "email": "evil@cedar.example",
        "password_hash": "x",
        "is_demo": "1",
        "suspended_at": "2020-01-01",
        "deleted_at": "2020-01-01",
        "created_at": "2020-01-01",
        "account_id": str(bob.id),
        "is_facilitator": "1",
    }
    me.post("/account/", data={**PROFILE, "time_zone": "UTC", "theme": "auto", **extra})
    after = {column.key: getattr(ada, column.key) for column in Account.__table__.columns}
    assert after == before
    assert bob.name == "Bob Chen"


def test_changing_the_password(me, new_client, ada, letters):
    form = {"password": GOOD, "new_password": OTHER}
    assert me.post("/account/password", data=form).status_code == 303
    assert is_in(me)
    assert sign_in(new_client()).status_code == 422
    assert sign_in(new_client(), password=OTHER).status_code == 303
    assert letters()[-1].subject == "Your password was changed"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password": "wrong words here", "new_password": OTHER}, "not your present password"),
        ({"password": GOOD, "new_password": "short"}, "at least 10 characters"),
        ({"password": GOOD, "new_password": "ada.byrne!"}, "easy to guess"),
        ({"password": "", "new_password": OTHER}, "Please write your password"),
        ({"password": GOOD, "new_password": "x" * 257}, "at most 256"),
    ],
)
def test_a_password_that_is_not_changed(me, ada, form, words):
    before = ada.password_hash
    answer = me.post("/account/password", data=form)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert ada.password_hash == before
    assert GOOD not in answer.get_data(as_text=True)


def test_where_password_managers_look(client):
    assert client.get("/.well-known/change-password").headers["Location"] == "/account/password"


def ask(client, email="new@cedar.example", password=GOOD):
    return client.post("/account/email", data={"email": email, "password": password})


def test_moving_to_another_address(me, new_client, ada, letters):
    assert ask(me).status_code == 303
    assert ada.email == "ada@cedar.example"
    new, old = sorted(letters(), key=lambda letter: letter.to, reverse=True)
    assert (new.to, old.to) == ("new@cedar.example", "ada@cedar.example")
    assert new.links[0] not in old.text
    assert "new@cedar.example becomes your address" in me.get("/account/").get_data(as_text=True)
    phone = new_client()
    assert phone.get(path_in(new)).status_code == 200
    assert ada.email == "ada@cedar.example", "looking is not answering"
    assert phone.post(path_in(new)).headers["Location"] == "/sign-in"
    assert ada.email == "new@cedar.example"
    assert sign_in(new_client()).status_code == 422
    assert sign_in(new_client(), "new@cedar.example").status_code == 303
    assert is_in(me)


def test_the_link_to_the_new_address_works_once_and_for_a_day(me, ada, letters, clock):
    ask(me)
    path = path_in(max(letters(), key=lambda letter: letter.to))
    me.post(path)
    assert me.post(path).status_code == 410
    ask(me, "third@cedar.example")
    path = path_in(next(letter for letter in letters() if letter.to == "third@cedar.example"))
    clock.move(hours=25)
    assert me.post(path).status_code in (410, 302)
    assert ada.email == "new@cedar.example"


def test_asking_again_closes_the_first_link(me, ada, letters):
    ask(me)
    first = path_in(max(letters(), key=lambda letter: letter.to))
    ask(me, "third@cedar.example")
    assert me.get(first).status_code == 410


def test_one_may_stay_with_the_present_address(me, ada, letters):
    ask(me)
    path = path_in(max(letters(), key=lambda letter: letter.to))
    assert me.post("/account/email/stay").status_code == 303
    assert me.post(path).status_code == 410
    assert ada.email == "ada@cedar.example"


@pytest.mark.parametrize(
    "email", ["", "nonsense", "a@b@c", "ada@cedar.example", "ADA@cedar.example", "x" * 300, "a b@c.example"]
)
def test_an_address_that_is_none_or_not_new(me, ada, email, letters):
    assert ask(me, email).status_code == 422
    assert EmailChange.query.count() == 0
    assert letters() == []


def test_a_change_of_address_wants_the_password(me, ada, letters):
    answer = ask(me, password="wrong words here")
    assert answer.status_code == 422
    assert 'value="new@cedar.example"' in answer.get_data(as_text=True), "what was typed is kept"
    assert EmailChange.query.count() == 0


def test_whether_somebody_has_the_address_is_not_told(me, ada, bob, letters):
    taken = ask(me, "bob@maple.example")
    assert {letter.to for letter in letters()} == {"ada@cedar.example"}
    free = ask(me, "free@maple.example")
    assert "free@maple.example" in {letter.to for letter in letters()}
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])


def test_an_address_that_was_taken_meanwhile_stays_theirs(me, ada, letters):
    ask(me)
    path = path_in(max(letters(), key=lambda letter: letter.to))
    actions.open_account(email="new@cedar.example", name="Quick", password=OTHER)
    me.post(path)
    assert ada.email == "ada@cedar.example"
    assert queries.account_of_address("new@cedar.example").name == "Quick"


def test_a_new_password_stops_a_waiting_change_of_address(me, ada, letters):
    ask(me)
    path = path_in(max(letters(), key=lambda letter: letter.to))
    actions.change_password(ada, current=GOOD, new=OTHER)
    assert me.post(path).status_code == 410


def test_a_new_address_closes_resets_that_went_to_the_old_one(me, ada, letters):
    me.post("/reset", data={"email": "ada@cedar.example"})
    reset = path_in(letters()[0])
    ask(me)
    change = path_in(next(letter for letter in letters() if letter.to == "new@cedar.example"))
    me.post(change)
    assert me.get(reset).status_code == 410


@pytest.mark.parametrize(
    ("email", "name", "password", "field"),
    [
        ("nonsense", "Ada", GOOD, "email"),
        ("", "Ada", GOOD, "email"),
        ("ok@cedar.example", "", GOOD, "name"),
        ("ok@cedar.example", "x" * 81, GOOD, "name"),
        ("ok@cedar.example", "Ada", "short", "password"),
        ("ok@cedar.example", "Ada", "", "password"),
        ("ada@cedar.example", "Ada", GOOD, "email"),
        ("ADA@CEDAR.example ", "Ada", GOOD, "email"),
    ],
)
def test_opening_an_account_that_is_not_good(ada, email, name, password, field):
    with pytest.raises(actions.Objection) as refused:
        actions.open_account(email=email, name=name, password=password)
    assert refused.value.field == field
    assert Account.query.count() == 1


def test_opening_an_account(app):
    account = actions.open_account(
        email=" Cay@Cedar.example", name=" Cay ", password=GOOD, time_zone="Mars", language="xx"
    )
    assert (account.email, account.name, account.time_zone, account.language) == (
        "cay@cedar.example",
        "Cay",
        "UTC",
        "en",
    )
    assert account.may_sign_in
