"""The name that somebody is called by."""

import pytest

from app.core.avatars import first_name


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dana Reyes", "Dana"),
        ("Dr. María-Fernanda Villanueva", "María-Fernanda"),
        ("Mr. Ellis", "Mr. Ellis"),
        ("Mrs Jo Ellis", "Jo"),
        ("Coach", "Coach"),
        ("", ""),
    ],
)
def test_a_title_is_no_first_name(name: str, called: str) -> None:
    assert first_name(name) == called
