"""Which passwords are good enough."""

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from app.accounts.policy import common_passwords, objection_to

EMAIL, NAME = "dana.whitfield@cedar.example", "Dana Whitfield"


@pytest.mark.parametrize(
    "password",
    [
        "five quiet otters",
        "Tr0ub4dor&3x",
        "пять тихих выдр",
        "🦦🦦 otters at play",
        "x" * 5 + "abcdefg" + "y" * 244,
        "dana whitfield likes purple kites",
        "        otters        ",
    ],
)
def test_a_good_password(app, password):
    assert objection_to(password, email=EMAIL, name=NAME) is None


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "nine char",
        "1234567890",
        "qwertyuiop",
        "PASSWORD123!",
        "!!sunshine2024",
        "ｐａｓｓｗｏｒｄ１２３",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "dana.whitfield",
        "DanaWhitfield1",
        "dana.whitfield@cedar.example",
        "throughline",
        "throughline!1",
        "x" * 257,
    ],
)
def test_a_poor_password(app, password):
    assert objection_to(password, email=EMAIL, name=NAME)


def test_the_commonest_passwords_are_all_refused(app):
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 8][:3000]
    assert len(common) == 3000
    assert [word for word in common if objection_to(word) is None] == []


def test_common_passwords_are_refused_for_being_common_and_not_only_short(app):
    long_enough = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 10]
    assert len(long_enough) > 1000
    assert [word for word in long_enough if objection_to(word.upper()) is None] == []
    assert all(word.casefold() in common_passwords() for word in long_enough)
