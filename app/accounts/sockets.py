"""Accounts' part in what is live: who is behind a socket, as they are now."""

from app.accounts.models import Account
from app.accounts.queries import account_by_id
from app.core.realtime import registry


@registry.account_finder
def account_of_socket(account_id: int) -> Account | None:
    """None for somebody who may not sign in any more."""
    return account_by_id(account_id)
