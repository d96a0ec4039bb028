"""How often: rate limits by account, and by address where nobody is signed in.

Nouns: a *rate* reads like ``"60/minute"``; the *caller* is the account, else the address.
Rules: a school's eighty teachers share one address, so whoever is signed in is counted alone; limits on an
address are for doors before sign-in and are generous. Beyond a limit the answer is 429 with Retry-After.
Counts live in memory, or in Redis where several processes serve; without its Redis a process counts alone.
Neighbours: `core.errors` writes the answer; live events ask `allowed`.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_login import current_user
from limits import parse

F = TypeVar("F", bound=Callable[..., Any])


def caller() -> str:
    """Whom a request counts for."""
    if current_user.is_authenticated:
        return f"account:{current_user.id}"
    return address()


def address() -> str:
    """The address alone, whoever is signed in there."""
    return f"address:{request.remote_addr or 'unknown'}"


class TooFast(Exception):
    """Somebody did more than goes at a stretch: `str()` says so to them, `seconds` is until it goes on."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


limiter = Limiter(key_func=caller, strategy="moving-window", in_memory_fallback_enabled=True)


def limited(
    rate: str,
    *,
    per: Callable[[], str] = caller,
    methods: tuple[str, ...] = ("POST", "PUT", "PATCH", "DELETE"),
    shared: str | None = None,
) -> Callable[[F], F]:
    """Limit a view for each caller (or whatever `per` names).

    Only changing requests count unless `methods` says otherwise; views with one `shared` name count together.
    """
    if shared is not None:
        return cast(Any, limiter.shared_limit(rate, scope=shared, **_how(per, methods)))
    return cast(Any, limiter.limit(rate, **_how(per, methods)))


def allowed(name: str, rate: str, who: str, *, cost: int = 1) -> bool:
    """Count events that are no request (live ones); False, and none counted, when that is over the rate of
    `who` for `name`."""
    if not is_on():
        return True
    return bool(limiter.limiter.hit(parse(rate), name, who, cost=cost))


def has_left(name: str, rate: str, who: str) -> bool:
    """Whether `allowed` would say yes; counts nothing."""
    return not is_on() or bool(limiter.limiter.test(parse(rate), name, who))


def is_on() -> bool:
    """Whether this application limits anybody at all."""
    return bool(current_app.config["RATELIMIT_ENABLED"])


def init_app(app: Flask) -> None:
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config.get("REDIS_URL") or "memory://")
    # The extension keeps its switch for the whole process; ours belongs to each application.
    wanted = app.config.get("RATELIMIT_ENABLED", True)
    app.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(app)
    app.config["RATELIMIT_ENABLED"] = wanted


def _how(per: Callable[[], str], methods: tuple[str, ...]) -> dict[str, Any]:
    return {"key_func": per, "methods": list(methods), "exempt_when": _switched_off}


def _switched_off() -> bool:
    return not is_on()
