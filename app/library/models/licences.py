"""Licences: what each lets colleagues do, as data.

A *licence* has a short name as people know it, the address of its text, and four marks: whether one may
change it at all, whether a changed copy keeps the same licence, whether it stays non-commercial, and
whether it stays in the network. Codes are those of SPDX; two are the network's own.

`what_fits(sources)` is the rule of adapting: which licences a copy made of these sources may carry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

_CC = "https://creativecommons.org"


@dataclass(frozen=True)
class Licence:
    code: str
    name: str
    meaning: Any
    uri: str = ""
    may_change: bool = True
    same_again: bool = False
    non_commercial: bool = False
    stays_here: bool = False


_ALL = (
    Licence(
        "CC-BY-4.0",
        "CC BY 4.0",
        _l("Share and change it, and say who made it."),
        f"{_CC}/licenses/by/4.0/",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "CC BY-SA 4.0",
        _l("Share and change it, say who made it, and pass it on under the same licence."),
        f"{_CC}/licenses/by-sa/4.0/",
        same_again=True,
    ),
    Licence(
        "CC-BY-NC-4.0",
        "CC BY-NC 4.0",
        _l("Share and change it, say who made it, and take no money for it."),
        f"{_CC}/licenses/by-nc/4.0/",
        non_commercial=True,
    ),
    Licence(
        "CC-BY-NC-SA-4.0",
        "CC BY-NC-SA 4.0",
        _l("Share and change it without money, say who made it, and keep the same licence."),
        f"{_CC}/licenses/by-nc-sa/4.0/",
        same_again=True,
        non_commercial=True,
    ),
    Licence(
        "CC-BY-ND-4.0",
        "CC BY-ND 4.0",
        _l("Share it as it is, and say who made it."),
        f"{_CC}/licenses/by-nd/4.0/",
        may_change=False,
    ),
    Licence(
        "CC-BY-NC-ND-4.0",
        "CC BY-NC-ND 4.0",
        _l("Share it as it is without money, and say who made it."),
        f"{_CC}/licenses/by-nc-nd/4.0/",
        may_change=False,
        non_commercial=True,
    ),
    Licence(
        "CC0-1.0",
        "CC0",
        _l("Do with it what you like: its author gives up every claim."),
        f"{_CC}/publicdomain/zero/1.0/",
    ),
    Licence(
        "InC-EDU",
        "Educational use",
        _l("In copyright; may be used and adapted for teaching."),
        "https://rightsstatements.org/vocab/InC-EDU/1.0/",
        same_again=True,
        non_commercial=True,
    ),
    Licence(
        "NETWORK",
        "This network only",
        _l("All rights reserved; colleagues here may use and adapt it, and pass it to nobody else."),
        same_again=True,
        stays_here=True,
    ),
)
LICENCES: dict[str, Licence] = {licence.code: licence for licence in _ALL}
DEFAULT = "CC-BY-4.0"


def licence_of(code: str) -> Licence:
    """The licence of a code; the strictest for one that is not known any more."""
    return LICENCES.get(code, LICENCES["NETWORK"])


def may_carry(source: Licence) -> frozenset[str]:
    """The licences that a changed copy of one source may have; none where it may not be changed."""
    if not source.may_change:
        return frozenset()
    if source.same_again:
        return frozenset({source.code})
    wide = {code for code in LICENCES if code != "CC0-1.0" or source.code == "CC0-1.0"}
    if source.non_commercial:
        wide = {code for code in wide if LICENCES[code].non_commercial or LICENCES[code].stays_here}
    return frozenset(wide)


def what_fits(sources: Sequence[str]) -> tuple[str, ...]:
    """The licences that a copy of all these sources may have, in the usual order; empty: it may not be."""
    fits = frozenset(LICENCES)
    for code in sources:
        fits &= may_carry(licence_of(code))
    return tuple(code for code in LICENCES if code in fits)


def unchangeable(sources: Sequence[str]) -> str | None:
    """The first source that may not be changed at all."""
    return next((code for code in sources if not licence_of(code).may_change), None)
