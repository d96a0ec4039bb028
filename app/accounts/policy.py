"""What is allowed around an account: good passwords, how many tries, how long a session lasts.

Nouns: a *budget* is how many failures fit into how long; *tries* name whose budgets a sign-in uses.
Rules: only failures count, so that a whole school may arrive through one address at eight. A browser that
has been signed in to this account before has a budget of its own: nobody can lock the owner out of it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address

from flask_babel import gettext as _

from app.accounts.models import Account, Session
from app.core import tokens
from app.core.hashing import LONGEST

SHORTEST = 10
"""Characters that a password has at least."""
FEWEST_DIFFERENT = 5
LEFT_OVER = 6
"""Characters that must remain of a password without the person's own words."""
REMEMBERED = timedelta(days=60)
IDLE = timedelta(hours=12)
AT_LONGEST = timedelta(days=365)
"""After this even a session in daily use ends."""
SEEN_EVERY = timedelta(minutes=10)
RESET_LASTS = timedelta(minutes=60)
RESETS_AN_HOUR = 3
EMAIL_CHANGE_LASTS = timedelta(hours=24)
DOWNLOAD_LASTS = timedelta(days=7)
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Budget:
    failures: int
    within: timedelta


PER_ACCOUNT = Budget(5, timedelta(minutes=30))
PER_ADDRESS = Budget(30, timedelta(hours=1))


@dataclass(frozen=True)
class Browser:
    """What a request tells of where it comes from. `known` are the accounts that it was signed in to."""

    address: str = ""
    label: str = ""
    device: str = ""
    known: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Tries:
    """Keyed hashes; `where` is empty when the browser spends a budget of its own."""

    who: str
    where: str = ""


def tries_to_sign_in(email: str, account: Account | None, browser: Browser) -> Tries:
    """Whose budgets a sign-in for `email` spends; the same for an address that nobody has."""
    if account is not None and browser.device and account.id in browser.known:
        return Tries(tokens.keyed("device", f"{account.id}/{browser.device}"))
    return Tries(tokens.keyed("who", email), tokens.keyed("where", _neighbourhood(browser.address)))


def tries_to_confirm(account: Account) -> Tries:
    """The budget for asking a signed-in person for their password once more."""
    return Tries(tokens.keyed("confirm", str(account.id)))


def _neighbourhood(address: str) -> str:
    """An address as one customer has it: a whole /64 with IPv6, and IPv4 in any spelling."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return str(parsed)


def can_end_session(actor: Account, session: Session) -> bool:
    return session.account_id == actor.id


def expiry(now: datetime, *, remembered: bool, since: datetime) -> datetime:
    """Until when a session lasts that is used `now` and began at `since`."""
    return min(now + (REMEMBERED if remembered else IDLE), since + AT_LONGEST)


def objection_to(password: str, *, email: str = "", name: str = "") -> str | None:
    """Why this password is too easy, as a sentence; None when it is good."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(plain) < SHORTEST or len(password) < SHORTEST:
        return _("Please use at least %(count)s characters. A short sentence works well.", count=SHORTEST)
    if len(password) > LONGEST:
        return _("That is longer than we can keep. Please use at most %(count)s characters.", count=LONGEST)
    if _is_common(plain) or len(set(plain)) < FEWEST_DIFFERENT:
        return _("Many people use that one, so it is easy to guess. Please choose another.")
    if _is_own(plain, email, name):
        return _("That is easy to guess for somebody who knows you. Please choose another.")
    return None


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that attackers try first, case-folded."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word.casefold() for word in FREQUENCY_LISTS["passwords"])


def _is_common(plain: str) -> bool:
    """One of the list, or a word of it with a few digits and marks around it."""
    stem = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    decorated = bool(stem) and len(plain) - len(stem) <= 8 and stem in common_passwords()
    return decorated or plain in common_passwords()


def _is_own(plain: str, email: str, name: str) -> bool:
    """Hardly more than the person's address, name, or our own."""
    left = plain
    known = {email.casefold(), *re.split(r"[\W_]+", f"{email} {name} throughline".casefold())}
    for word in sorted(known, key=len, reverse=True):
        if len(word) >= 3:
            left = left.replace(word, "")
    return left != plain and len(left) < LEFT_OVER
