"""Arriving and leaving: what a browser keeps of a session, and how a request is recognised by it.

Nouns: the *session cookie* holds the session's token, signed; the *device cookie* remembers, for a year,
the accounts that were signed in to here, so that their owners are never locked out of this browser.

Neighbours: set-up and invitations call `let_in` for people who proved themselves in another way.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, after_this_request, current_app, g, request, session, url_for
from flask_login import LoginManager, current_user
from itsdangerous import BadData, URLSafeSerializer

from app.accounts import actions, policy, queries
from app.accounts.models import Account
from app.accounts.policy import Browser
from app.core import browsers, clock, tokens
from app.core.db import NotWritten
from app.core.home import home_of
from app.core.security import safe_next

DEVICE_LASTS = timedelta(days=365)
ACCOUNTS_PER_DEVICE = 8
login = LoginManager()


def init_app(app: Flask) -> None:
    """Recognise people by their session, and keep the sessions of those who come back."""
    # The server decides how long a session lasts; the cookie is only written when it moves.
    app.config["PERMANENT_SESSION_LIFETIME"] = policy.REMEMBERED
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login.session_protection = None
    login.user_loader(_account_of)
    login.init_app(app)
    app.before_request(_keep_session)


def _account_of(token: object) -> Account | None:
    return queries.account_of_token(token) if isinstance(token, str) else None


def browser() -> Browser:
    """What this request tells of where it comes from."""
    device, known = _device()
    return Browser(
        address=request.remote_addr or "",
        label=browsers.in_words(request.user_agent.string[:400]),
        device=device,
        known=frozenset(known),
    )


def arrive(account: Account, token: str, *, remember: bool) -> None:
    """Make this browser the one of a session that has just begun. Nothing of before stays in it."""
    session.clear()
    keep_token(token)
    session.permanent = remember
    g._login_user = account
    know_device(account)
    show_theme(account.theme)


def keep_token(token: str) -> None:
    """Put a session's (new) token into the cookie."""
    session["_user_id"] = token
    session["_fresh"] = True


def let_in(account: Account, *, remember: bool = False) -> None:
    """Sign somebody in who has proved to be `account` in another way than by a password."""
    _session, token = actions.begin_session(account, browser=browser(), remember=remember)
    arrive(account, token, remember=remember)


def leave() -> None:
    """Forget the session in this browser."""
    session.clear()
    g.pop("_login_user", None)


def way_on(account: Account, wanted: str | None) -> str:
    """Where a person goes after signing in: the page they wanted, else home; never in a circle."""
    target = safe_next(wanted, default="")
    if target and urlsplit(target).path not in (url_for("accounts.sign_in"), url_for("accounts.sign_out")):
        return target
    return home_of(account) or url_for("accounts.home")


def know_device(account: Account) -> None:
    """Remember that this account was signed in to here."""
    device, known = _device()
    accounts = [account.id, *(number for number in known if number != account.id)]
    value = _signer().dumps([device or tokens.new_nonce(), accounts[:ACCOUNTS_PER_DEVICE]])
    _set_cookie(device_cookie(), value, http_only=True)


def show_theme(theme: str) -> None:
    """Let the next page come in the colours that this person chose."""
    _set_cookie("theme", "" if theme == "auto" else theme, http_only=False)


def device_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _set_cookie(name: str, value: str, *, http_only: bool) -> None:
    @after_this_request
    def write(response: Response) -> Response:
        response.set_cookie(
            name,
            value,
            max_age=DEVICE_LASTS if value else 0,
            httponly=http_only,
            samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )
        return response


def _device() -> tuple[str, list[int]]:
    """The number of this browser, and the accounts it knows; empty for a cookie that is not ours."""
    try:
        device, accounts = _signer().loads(request.cookies.get(device_cookie(), ""))
        return str(device), [int(number) for number in accounts]
    except (BadData, ValueError, TypeError):
        return "", []


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known-device")


def _keep_session() -> None:
    """Once in ten minutes: this browser is still in use. A database that takes nothing turns nobody away."""
    if request.endpoint in (None, "static") or not current_user.is_authenticated:
        return
    here = current_user.current_session
    if here is None or here.seen_at > clock.now() - policy.SEEN_EVERY:
        return
    try:
        actions.keep_session(current_user._get_current_object(), here, address=request.remote_addr or "")
    except NotWritten:
        return
    session.modified = session.permanent
