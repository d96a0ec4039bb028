"""How many guesses somebody gets, and that the owner always gets in."""

import threading

import pytest

from app.accounts import actions, queries
from app.accounts.models import Account, SignInAttempt
from app.accounts.policy import Browser, tries_to_sign_in
from app.core import db as core_db
from app.core import hashing
from tests.accounts.conftest import GOOD, OTHER, is_in, sign_in

WRONG = "wrong words here"


def guess(client, times, email="ada@cedar.example", **more):
    """Wrong guesses; the status of each answer."""
    return [sign_in(client, email, WRONG, **more).status_code for _ in range(times)]


def test_five_guesses_an_account_in_half_an_hour(new_client, ada, clock):
    assert guess(new_client(), 6) == [422] * 5 + [429]
    assert sign_in(new_client()).status_code == 429, "the right one is not told either"
    clock.move(minutes=29)
    assert sign_in(new_client()).status_code == 429
    clock.move(minutes=2)
    assert sign_in(new_client()).status_code == 303


def test_an_address_that_nobody_has_is_throttled_alike(new_client, ada, clock):
    known, unknown = guess(new_client(), 6), guess(new_client(), 6, "nix@cedar.example")
    assert known == unknown
    known, unknown = sign_in(new_client()), sign_in(new_client(), "nix@cedar.example")
    assert known.status_code == unknown.status_code == 429
    assert known.headers["Retry-After"] == unknown.headers["Retry-After"]
    assert len(known.data) == len(unknown.data)


def test_the_wait_is_said_in_words_and_to_programs(new_client, ada, clock):
    guess(new_client(), 5)
    clock.move(minutes=10)
    answer = sign_in(new_client())
    assert "in 20 minutes" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"] == "1200"


def test_waiting_guesses_do_not_make_the_wait_longer(new_client, ada, clock):
    guess(new_client(), 5)
    clock.move(minutes=20)
    guess(new_client(), 5)
    clock.move(minutes=11)
    assert sign_in(new_client()).status_code == 303


@pytest.mark.parametrize(
    "email", ["ADA@CEDAR.EXAMPLE", " ada@cedar.example", "ａｄａ@cedar.example", "ada\u200b@cedar.example"]
)
def test_another_spelling_is_no_second_budget(new_client, ada, email):
    guess(new_client(), 5)
    assert guess(new_client(), 1, email) == [429]


def test_a_claimed_address_is_no_second_budget(new_client, ada):
    for number in range(5):
        guess(new_client(), 1, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert guess(new_client(), 1, headers={"X-Forwarded-For": "203.0.113.77"}) == [429]
    assert {row.where for row in SignInAttempt.query} == {SignInAttempt.query.first().where}


def test_thirty_failures_an_hour_from_one_address(new_client, ada, clock):
    client = new_client()
    for number in range(30):
        assert guess(client, 1, f"p{number}@cedar.example") == [422]
    assert sign_in(client).status_code == 429
    elsewhere = sign_in(new_client(), environ_overrides={"REMOTE_ADDR": "198.51.100.7"})
    assert elsewhere.status_code == 303
    clock.move(minutes=61)
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("nonsense", "", True),
    ],
)
def test_what_counts_as_one_address(app, one, other, same):
    places = {
        tries_to_sign_in("a@b.example", None, Browser(address=address)).where for address in (one, other)
    }
    assert (len(places) == 1) is same


def test_a_school_behind_one_address_comes_in_at_eight(new_client, app):
    """Only failures count: eighty sign-ins, with a mistyped password now and then, all get in."""
    stored = hashing.hash_password(GOOD)
    for number in range(80):
        email = f"t{number}@cedar.example"
        actions.add_account(None, email=email, name=f"T {number}", password_hash=stored)
        client = new_client()
        if number % 4 == 0:
            guess(client, 1, email)
        assert sign_in(client, email).status_code == 303


def test_the_owner_is_not_locked_out_of_a_browser_that_knows_them(new_client, ada):
    home, stranger = new_client(), new_client()
    sign_in(home)
    home.post("/sign-out")
    guess(stranger, 6)
    assert sign_in(new_client()).status_code == 429
    assert sign_in(home).status_code == 303
    assert is_in(home)


def test_nor_by_a_whole_address_that_is_spent(new_client, ada):
    home, stranger = new_client(), new_client()
    sign_in(home)
    home.post("/sign-out")
    for number in range(31):
        guess(stranger, 1, f"p{number}@cedar.example")
    assert sign_in(home).status_code == 303


def test_a_known_browser_has_a_budget_too(new_client, ada):
    home = new_client()
    sign_in(home)
    home.post("/sign-out")
    assert guess(home, 6) == [422] * 5 + [429]
    assert sign_in(home).status_code == 429
    assert sign_in(new_client()).status_code == 303, "and spends nobody else's"


def test_a_browser_is_known_for_its_own_accounts_only(new_client, ada, bob):
    home = new_client()
    sign_in(home, "bob@maple.example", OTHER)
    home.post("/sign-out")
    guess(new_client(), 5)
    assert sign_in(home).status_code == 429


@pytest.mark.parametrize("forged", ["", "x", "WyJhIixbMV1d", '["a",[1]].x', "\u00e9"])
def test_a_forged_device_cookie_is_worth_nothing(new_client, ada, forged):
    client = new_client()
    client.set_cookie("throughline-device", forged)
    guess(client, 5)
    assert sign_in(client).status_code == 429


def test_a_device_cookie_of_another_key_is_worth_nothing(app, new_client, ada):
    from itsdangerous import URLSafeSerializer

    client = new_client()
    forged = URLSafeSerializer("another key", salt="known-device").dumps(["device", [ada.id]])
    client.set_cookie("throughline-device", forged)
    guess(client, 5)
    assert sign_in(client).status_code == 429


def test_a_browser_remembers_several_people(new_client, ada, bob):
    home = new_client()
    sign_in(home)
    home.post("/sign-out")
    sign_in(home, "bob@maple.example", OTHER)
    home.post("/sign-out")
    guess(new_client(), 5)
    assert sign_in(home).status_code == 303


def test_the_table_names_nobody(new_client, ada):
    guess(new_client(), 1)
    row = SignInAttempt.query.one()
    assert "ada" not in f"{row.who}{row.where}"
    assert "127" not in row.where or len(row.where) == 64


def test_old_tries_are_forgotten(new_client, ada, clock):
    from app.accounts import jobs

    guess(new_client(), 3)
    clock.move(minutes=59)
    jobs.sweep()
    assert SignInAttempt.query.count() == 3
    clock.move(minutes=2)
    jobs.sweep()
    assert SignInAttempt.query.count() == 0


def test_the_password_of_a_signed_in_person_cannot_be_guessed_either(client, ada):
    sign_in(client)
    form = {"password": WRONG, "new_password": "seven loud magpies"}
    assert [client.post("/account/password", data=form).status_code for _ in range(6)] == [422] * 5 + [429]
    form["password"] = GOOD
    assert client.post("/account/password", data=form).status_code == 429
    assert client.post("/account/delete", data={"password": GOOD, "keep": "yes"}).status_code == 429


class AnotherProcess:
    """Stands for the writer's turn of a process of its own: nobody waits for anybody."""

    def acquire(self, timeout: float = 0) -> bool:
        return True

    def release(self) -> None:
        return None


@pytest.mark.durable
@pytest.mark.parametrize("processes", ["one", "many"])
def test_a_burst_of_guesses_is_answered_five_times(app, db, monkeypatch, processes):
    """The answer is given in the transaction that counts, whatever process writes it."""
    if processes == "many":
        monkeypatch.setattr(core_db, "_one_writer", AnotherProcess())
    actions.open_account(email="ada@cedar.example", name="Ada", password=GOOD)
    db.session.commit()
    together = threading.Barrier(12)
    verify = hashing.verify

    def all_at_once(stored, password):
        result = verify(stored, password)
        together.wait(timeout=20)
        return result

    monkeypatch.setattr(hashing, "verify", all_at_once)
    told = []

    def one_guess():
        with app.app_context():
            try:
                actions.sign_in("ada@cedar.example", WRONG, remember=False, browser=Browser("198.51.100.7"))
            except actions.Refused as refused:
                told.append(type(refused).__name__)

    threads = [threading.Thread(target=one_guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["TooManyTries"] * 7 + ["WrongPassword"] * 5
    assert Account.query.count() == 1
    assert queries.account_of_address("ada@cedar.example") is not None
