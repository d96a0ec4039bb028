"""Who wants mail."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Member
from app.notifications.models import MailWish

TOKEN_LENGTH = 64


def wishes_of(readers: Sequence[Member]) -> dict[int, str]:
    """`on`, `pause` or `off` by member, for one person's members."""
    rows = db.session.scalars(
        select(MailWish).where(MailWish.member_id.in_([reader.id for reader in readers]))
    )
    known = {wish.member_id: _choice(wish) for wish in rows}
    return {reader.id: known.get(reader.id, "on") for reader in readers}


def _choice(wish: MailWish) -> str:
    if not wish.wants_mail:
        return "off"
    return "pause" if wish.paused_until is not None and wish.paused_until > clock.now() else "on"


def wish_of_token(token: str) -> MailWish:
    """Whose mail a token stands for. Raises NotFound, also for what cannot be a token."""
    wish = None
    if len(token) <= TOKEN_LENGTH and token.isascii() and token.isprintable():
        wish = db.session.scalar(select(MailWish).where(MailWish.unsubscribe_token == token))
    if wish is None:
        raise NotFound
    return wish
