"""Coming in, and what a stranger learns by trying."""

import pytest

from app.accounts import actions, queries
from app.accounts.models import Account, Session
from app.core import hashing, home, tokens
from tests.accounts.conftest import GOOD, is_in, sign_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36"


def cookie(response, name="throughline"):
    """The Set-Cookie line of a cookie, or None."""
    lines = response.headers.getlist("Set-Cookie")
    return next((line for line in lines if line.partition("=")[0] == name), None)


def test_the_form_has_the_names_that_people_and_journeys_use(client):
    page = client.get("/sign-in").get_data(as_text=True)
    assert '<label for="email">Email</label>' in page
    assert '<label for="password">Password</label>' in page
    assert "Keep me signed in" in page
    assert ">Sign in</span></button>" in page
    assert "onpaste" not in page


def test_the_right_password_comes_in(client, ada):
    answer = sign_in(client, headers={"User-Agent": CHROME})
    assert answer.status_code == 303
    assert is_in(client)
    (session,) = queries.sessions_of(ada)
    assert session.label == "Chrome on Windows"
    assert session.address == "127.0.0.1"


def test_a_wrong_password_does_not(client, ada):
    assert sign_in(client, password="seven quiet otters").status_code == 422
    assert not is_in(client)
    assert queries.sessions_of(ada) == []


@pytest.mark.parametrize(
    "email", ["ADA@Cedar.EXAMPLE", "  ada@cedar.example ", "ａｄａ@cedar.example", "a\u200bda@cedar.example"]
)
def test_an_address_is_the_same_in_every_spelling(client, ada, email):
    assert sign_in(client, email=email).status_code == 303


def test_a_password_is_taken_exactly_as_typed(client, db):
    actions.open_account(email="sam@cedar.example", name="Sam", password="  five quiet otters ")
    assert sign_in(client, "sam@cedar.example", "five quiet otters").status_code == 422
    assert sign_in(client, "sam@cedar.example", "  five quiet otters ").status_code == 303


def test_what_a_stranger_sees_is_the_same_whether_or_not_somebody_has_the_address(new_client, ada):
    known = sign_in(new_client(), password="wrong words here")
    unknown = sign_in(new_client(), "nix@cedar.example", "wrong words here")
    assert known.status_code == unknown.status_code
    page = known.get_data(as_text=True).replace("ada@", "nix@")
    other = unknown.get_data(as_text=True)
    assert without_tokens(page) == without_tokens(other)
    assert len(known.data) == len(unknown.data)
    assert {name for name, _ in known.headers} == {name for name, _ in unknown.headers}


def without_tokens(page):
    """A page without what differs at every call."""
    import re

    return re.sub(
        r'(name="csrf_token" value|name="csrf-token" content|nonce|csp-nonce" content)="[^"]*"', "", page
    )


def test_an_unknown_address_costs_the_same_check(client, ada, monkeypatch):
    asked = []
    matches = hashing._matches
    monkeypatch.setattr(
        hashing, "_matches", lambda stored, typed: asked.append(stored) or matches(stored, typed)
    )
    sign_in(client, password="wrong words here")
    sign_in(client, "nix@cedar.example", "wrong words here")
    assert len(asked) == 2


def test_an_account_without_a_password_lets_nobody_in(client, db):
    actions.open_account(email="new@cedar.example", name="New", password=None)
    for password in ("", "None", "five quiet otters"):
        sign_in(client, "new@cedar.example", password)
        assert not is_in(client)


def test_a_suspended_person_is_told_only_with_the_right_password(client, ada):
    actions.suspend_account(None, ada)
    wrong, right = sign_in(client, password="wrong words here"), sign_in(client)
    assert "paused" not in wrong.get_data(as_text=True)
    assert "paused" in right.get_data(as_text=True)
    assert not is_in(client)
    actions.restore_account(None, ada)
    sign_in(client)
    assert is_in(client)


def test_suspending_ends_what_was_open(client, ada):
    sign_in(client)
    actions.suspend_account(None, ada)
    assert not is_in(client)


@pytest.mark.parametrize("mark", ["suspended_at", "deleted_at"])
def test_a_session_is_worth_nothing_to_somebody_who_may_not_sign_in(client, ada, db, clock, mark):
    sign_in(client)
    setattr(ada, mark, clock.now)
    db.session.commit()
    assert Session.query.count() == 1
    assert not is_in(client)


def test_a_new_token_at_every_sign_in(client, ada):
    """Fixation: a session that somebody planted before is worth nothing after."""
    client.get("/sign-in")
    before = client.get_cookie("throughline")
    sign_in(client)
    first = {session.token_hash for session in queries.sessions_of(ada)}
    sign_in(client)
    second = {session.token_hash for session in queries.sessions_of(ada)}
    after = client.get_cookie("throughline")
    assert before.value != after.value
    assert len(second - first) == 1


def test_nothing_from_before_signing_in_stays_in_the_session(client, ada):
    with client.session_transaction() as session:
        session["planted"] = "yes"
        session["_user_id"] = "planted"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] != "planted"


def test_the_token_is_stored_as_a_fingerprint_only(client, ada, db):
    sign_in(client)
    with client.session_transaction() as session:
        token = session["_user_id"]
    (row,) = queries.sessions_of(ada)
    assert row.token_hash == tokens.fingerprint(token)
    assert all(token not in str(value) for value in vars(row).values())


@pytest.mark.parametrize("forged", ["", "x", "1", 1, None, ["a"], {"a": 1}, "x" * 5000])
def test_a_made_up_token_is_nobody(client, ada, forged):
    with client.session_transaction() as session:
        session["_user_id"] = forged
    assert not is_in(client)


def test_a_browser_session_by_default_and_a_lasting_cookie_when_asked(client, new_client, ada):
    assert "Expires" not in cookie(sign_in(client))
    other = new_client()
    assert "Expires" in cookie(sign_in(other, remember="y"))


def test_a_session_ends_after_half_a_day_without_use(client, ada, clock):
    sign_in(client)
    clock.move(hours=11, minutes=59)
    assert is_in(client)
    clock.move(hours=11, minutes=59)
    assert is_in(client), "use keeps it"
    clock.move(hours=12, minutes=1)
    assert not is_in(client)


def test_a_remembered_session_lasts_sixty_days_without_use_and_a_year_at_most(client, ada, clock):
    sign_in(client, remember="y")
    for _month in range(6):
        clock.move(days=59)
        assert is_in(client)
    clock.move(days=13)
    assert not is_in(client)


def test_a_remembered_session_that_is_not_used_ends(client, ada, clock):
    sign_in(client, remember="y")
    clock.move(days=60, minutes=1)
    assert not is_in(client)


def test_use_is_written_down_once_in_ten_minutes(client, ada, clock):
    sign_in(client)
    began = queries.sessions_of(ada)[0].seen_at
    clock.move(minutes=9)
    client.get("/account/")
    assert queries.sessions_of(ada)[0].seen_at == began
    clock.move(minutes=2)
    client.get("/account/")
    assert queries.sessions_of(ada)[0].seen_at == clock.now


def test_the_lasting_cookie_is_renewed_by_use_and_only_then(client, ada, clock):
    sign_in(client, remember="y")
    client.get("/account/")
    clock.move(minutes=9)
    assert cookie(client.get("/account/")) is None
    clock.move(minutes=2)
    assert "Expires" in cookie(client.get("/account/"))
    assert cookie(client.get("/account/")) is None


def test_a_busy_database_turns_nobody_away(client, ada, clock, monkeypatch):
    from app.core.db import Busy

    def busy(*_args, **_more):
        raise Busy

    sign_in(client)
    clock.move(minutes=11)
    monkeypatch.setattr(actions, "keep_session", busy)
    assert is_in(client)


def test_who_is_signed_in_costs_one_query(client, ada, app):
    from sqlalchemy import event

    from app.core.db import db

    sign_in(client)
    with client.session_transaction() as session:
        token = session["_user_id"]
    asked = []

    def note(_conn, _cursor, statement, *_rest):
        asked.extend([statement] if statement.startswith("SELECT") else [])

    db.session.expunge_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        account = queries.account_of_token(token)
        assert account.current_session.account_id == account.id
        assert account.name == "Ada Byrne"
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) == 1


def test_a_better_hash_replaces_an_older_one(client, ada, db):
    ada.password_hash = hashing.STRONG.hash(GOOD)
    db.session.commit()
    sign_in(client)
    db.session.expire_all()
    assert ada.password_hash.startswith("$argon2id$v=19$m=8,")
    assert hashing.verify(ada.password_hash, GOOD)


def test_a_password_that_changed_during_the_check_is_a_wrong_one(client, ada, monkeypatch):
    verify = hashing.verify

    def slow(stored, password):
        right = verify(stored, password)
        db_account = Account.query.filter_by(email="ada@cedar.example").one()
        db_account.password_hash = "changed"
        return right

    monkeypatch.setattr(hashing, "verify", slow)
    assert sign_in(client).status_code == 422
    assert Session.query.count() == 0


def test_signing_out_is_a_post(client, ada):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_an_old_cookie_opens_nothing_after_signing_out(client, new_client, ada):
    sign_in(client)
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert client.post("/sign-out").status_code == 303
    assert not is_in(client)
    thief = new_client()
    with thief.session_transaction() as session:
        session["_user_id"] = token
    assert not is_in(thief)


def test_signing_out_twice_does_no_harm(client):
    assert client.post("/sign-out").status_code == 303


def test_after_signing_in_one_goes_where_one_wanted(client, ada):
    asked = client.get("/account/password", headers={"Accept": "text/html"})
    assert asked.headers["Location"] == "/sign-in?next=/account/password"
    page = client.get(asked.headers["Location"]).get_data(as_text=True)
    assert 'name="next" value="/account/password"' in page
    assert sign_in(client, next="/account/password").headers["Location"] == "/account/password"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "@evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "/sign-in",
        "/sign-out",
        "x" * 3000,
    ],
)
def test_it_never_leads_out_of_the_house_nor_in_a_circle(client, ada, target):
    assert sign_in(client, next=target).headers["Location"] == "/"


def test_home_is_where_a_feature_says(client, ada, monkeypatch):
    monkeypatch.setattr(home, "_finders", [lambda account: None, lambda account: f"/n/of-{account.id}/"])
    assert sign_in(client).headers["Location"] == f"/n/of-{ada.id}/"
    assert client.get("/").headers["Location"] == f"/n/of-{ada.id}/"


def test_without_a_network_the_first_page_says_what_to_do(client, ada, monkeypatch):
    monkeypatch.setattr(home, "_finders", [])
    assert sign_in(client).headers["Location"] == "/"
    page = client.get("/")
    assert page.status_code == 200
    assert "not in a network yet" in page.get_data(as_text=True)


def test_the_first_page_wants_a_sign_in(client):
    assert client.get("/", headers={"Accept": "text/html"}).headers["Location"].startswith("/sign-in")


def test_who_is_in_needs_no_form(client, ada):
    sign_in(client)
    assert client.get("/sign-in?next=/account/").headers["Location"] == "/account/"


def test_pages_about_passwords_are_kept_by_nobody(client):
    for path in ("/sign-in", "/reset", "/reset/some-token"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "strict-origin"


def test_the_demo_shows_its_people_while_it_is_loaded(client, db):
    assert "throughline-demo" not in client.get("/sign-in").get_data(as_text=True)
    for name in queries.DEMO_NAMES:
        actions.open_account(
            email=f"{name}@demo.example", name=name.title(), password="throughline-demo", is_demo=True
        )
    page = client.get("/sign-in").get_data(as_text=True)
    assert page.count('name="as"') == 8
    filled = client.get("/sign-in?as=facilitator2").get_data(as_text=True)
    assert 'value="facilitator2@demo.example"' in filled
    assert 'value="throughline-demo"' in filled
    assert sign_in(client, "facilitator2@demo.example", "throughline-demo").status_code == 303


def test_nobody_who_only_looks_like_the_demo_is_shown(client, db):
    actions.open_account(email="teacher@demo.example", name="Real", password=GOOD)
    actions.open_account(email="somebody@cedar.example", name="Some", password=GOOD, is_demo=True)
    page = client.get("/sign-in?as=teacher").get_data(as_text=True)
    assert 'name="as"' not in page
    assert "teacher@demo.example" not in page
