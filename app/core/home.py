"""Home: where a person lands who came for no page in particular.

Neighbours: `networks` knows somebody's last network and registers the way there; `accounts` leads there
after signing in, and says so kindly when there is no network yet.
"""

from collections.abc import Callable
from typing import Any

Finder = Callable[[Any], str | None]
_finders: list[Finder] = []


def home_finder(function: Finder) -> Finder:
    """Register `account -> address | None`, asked in the order of registration."""
    if function not in _finders:
        _finders.append(function)
    return function


def home_of(account: Any) -> str | None:
    """The address where `account` is at home; None when no feature knows one."""
    return next((address for find in _finders if (address := find(account))), None)
