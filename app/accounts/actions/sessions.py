"""Sessions: beginning, keeping and ending them.

Rules: each sign-in makes a new token, and so does every change of password; the database holds its
fingerprint only. An ended session is gone from the table, and `SessionEnded` closes its open sockets.
"""

from sqlalchemy import delete, select

from app.accounts.events import SessionEnded
from app.accounts.models import Account, Session
from app.accounts.policy import Browser, can_end_session, expiry
from app.core import clock, tokens
from app.core.access import Forbidden
from app.core.command import command
from app.core.db import db
from app.core.events import publish


@command
def begin_session(actor: Account, *, browser: Browser, remember: bool) -> tuple[Session, str]:
    """Sign `actor` in on a browser; the session and its token, which is not kept anywhere."""
    if not actor.may_sign_in:
        raise Forbidden
    now, token = clock.now(), tokens.new_token()
    session = Session(
        account_id=actor.id,
        token_hash=tokens.fingerprint(token),
        label=browser.label[:120],
        address=browser.address[:45],
        remembered=remember,
        created_at=now,
        seen_at=now,
        expires_at=expiry(now, remembered=remember, since=now),
    )
    db.session.add(session)
    db.session.flush()
    return session, token


@command
def keep_session(_actor: Account, session: Session, *, address: str) -> None:
    """The browser was here again: the session lasts longer."""
    now = clock.now()
    session.seen_at, session.address = now, address[:45]
    session.expires_at = expiry(now, remembered=session.remembered, since=session.created_at)


@command
def renew_token(actor: Account, session: Session) -> str:
    """A new token for the same session: what somebody copied before opens nothing any more."""
    if not can_end_session(actor, session):
        raise Forbidden
    token = tokens.new_token()
    session.token_hash = tokens.fingerprint(token)
    return token


@command
def end_session(actor: Account, session: Session) -> None:
    """Sign one browser out. Raises Forbidden for somebody else's."""
    if not can_end_session(actor, session):
        raise Forbidden
    publish(SessionEnded(session.id, session.account_id))
    db.session.delete(session)


@command
def end_other_sessions(actor: Account, *, but: Session | None) -> int:
    """Sign `actor` out everywhere, except in the session `but`; how many ended."""
    keep = but.id if but is not None else 0
    ids = list(
        db.session.scalars(select(Session.id).where(Session.account_id == actor.id, Session.id != keep))
    )
    for session_id in ids:
        publish(SessionEnded(session_id, actor.id))
    db.session.execute(delete(Session).where(Session.id.in_(ids)))
    return len(ids)


def forget_expired_sessions() -> None:
    """Inside a command: delete the sessions that ran out."""
    gone = list(
        db.session.execute(select(Session.id, Session.account_id).where(Session.expires_at <= clock.now()))
    )
    for session_id, account_id in gone:
        publish(SessionEnded(session_id, account_id))
    db.session.execute(delete(Session).where(Session.id.in_([session_id for session_id, _ in gone])))
