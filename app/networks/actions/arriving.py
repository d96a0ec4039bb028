"""People without an account: opening one and joining, or asking, in one transaction.

Rules: the password is hashed before the transaction; a link that is spent meanwhile leaves
no account behind. Accounts opened through the demo belong to the demo and go with it.
"""

from app.accounts.actions.opening import add_account, good_address, good_name, good_password
from app.accounts.models import Account
from app.accounts.queries import account_of_address
from app.core import hashing, practice
from app.core.command import command
from app.core.events import publish
from app.networks.actions.joining import NotOpen, PracticeOnly, ask_to_join, join
from app.networks.events import StrangerAsked
from app.networks.models import Network
from app.networks.queries.joining import invitation_by_token


def arrive(token: str, *, name: str, email: str, password: str) -> Account:
    """Open an account and use the invitation.

    Raises Objection, EmailTaken, LinkSpent, PracticeOnly, NotFound.
    """
    email, name, hashed = _ready(name, email, password)
    return _arrive(None, token, name=name, email=email, hashed=hashed)


def _ready(name: str, email: str, password: str) -> tuple[str, str, str]:
    email, name = good_address(email), good_name(name)
    return email, name, hashing.hash_password(good_password(password, email=email, name=name))


@command
def _arrive(_actor: None, token: str, *, name: str, email: str, hashed: str) -> Account:
    network = invitation_by_token(token).network
    if practice.is_shut(network.is_demo):
        raise PracticeOnly
    account = _opened(network, name, email, hashed)
    join(account, token)
    return account


@command
def ask_as_stranger(_actor: None, network: Network, *, name: str, email: str, because: str) -> None:
    """Ask without being signed in; what happens shows nobody whether the address is known.

    A new address gets an account without a password, which its owner chooses when the answer
    has come; the owner of a known one is told by mail to sign in and ask. Raises Objection,
    NotOpen.
    """
    if not network.may_ask:
        raise NotOpen
    email, name = good_address(email), good_name(name)
    known = account_of_address(email)
    if known is None:
        ask_to_join(_opened(network, name, email, None), network, because=because)
    else:
        publish(StrangerAsked(known.id, network.id))


def _opened(network: Network, name: str, email: str, hashed: str | None) -> Account:
    return add_account(
        None,
        email=email,
        name=name,
        password_hash=hashed,
        time_zone=network.time_zone,
        language=network.language,
        is_demo=network.is_demo,
    )
