"""Wishes for mail: per network, on or off, or a week's rest; and the one-click way out."""

from collections.abc import Sequence
from datetime import timedelta

from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.networks.models import Member
from app.notifications.actions.mailing import wish_of
from app.notifications.models import MailWish
from app.notifications.queries import wish_of_token

PAUSE = timedelta(days=7)
CHOICES = ("on", "pause", "off")


@command
def wish_for_mail(readers: Sequence[Member], member_id: int, choice: str) -> MailWish:
    """Choose for one of one's own networks. Raises NotFound for another's, ValueError for nonsense."""
    if choice not in CHOICES:
        raise ValueError("no such choice")
    if member_id not in {reader.id for reader in readers}:
        raise NotFound
    wish = wish_of(member_id)
    wish.wants_mail = choice != "off"
    wish.paused_until = clock.now() + PAUSE if choice == "pause" else None
    return wish


@command
def unsubscribe(token: str) -> Member:
    """End mail for the member of this token; again changes nothing. Raises NotFound."""
    wish = wish_of_token(token)
    wish.wants_mail = False
    return wish.member


@command
def subscribe_again(token: str) -> Member:
    """Undo it, from the page that said it was done. Raises NotFound."""
    wish = wish_of_token(token)
    wish.wants_mail, wish.paused_until = True, None
    return wish.member
