"""Tokens and keyed hashes."""

from app.core import tokens


def test_tokens_are_long_and_never_the_same():
    made = {tokens.new_token() for _ in range(200)}
    assert len(made) == 200
    assert all(len(token) == 43 for token in made)


def test_a_fingerprint_tells_nothing_of_its_token():
    token = tokens.new_token()
    assert len(tokens.fingerprint(token)) == 64
    assert token not in tokens.fingerprint(token)


def test_a_derived_token_needs_the_secret_key(app):
    nonce = tokens.new_nonce()
    token = tokens.derived("reset", nonce)
    assert token == tokens.derived("reset", nonce)
    assert token != tokens.derived("email", nonce)
    assert nonce not in token
    key = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another"
    try:
        assert tokens.derived("reset", nonce) != token
    finally:
        app.config["SECRET_KEY"] = key


def test_a_keyed_hash_names_the_same_value_for_one_purpose_only(app):
    assert tokens.keyed("who", "ada@cedar.example") == tokens.keyed("who", "ada@cedar.example")
    assert tokens.keyed("who", "ada@cedar.example") != tokens.keyed("where", "ada@cedar.example")
    assert "ada" not in tokens.keyed("who", "ada@cedar.example")


def test_what_is_typed_may_be_anything(app):
    assert tokens.fingerprint("\ud800") != tokens.keyed("who", "\ud800")
