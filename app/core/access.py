"""Who may come in: sign-in is required everywhere, and `@public` marks the exceptions.

Nouns: the *account* is who signed in; the *viewer* is that person in the network that the
address names. Law 1 begins here: a network that the person is not in is a 404.

Neighbours: `networks` tells how to find a viewer (`viewer_finder`) and may put gates in the
way (accept the norms first), and says why somebody only reads along (`why_along`);
`policy.py` files raise `NotFound` and `Forbidden`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Flask, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import exceptions

from app.core.doors import closed

F = TypeVar("F", bound=Callable[..., Any])
Gate = Callable[[], ResponseReturnValue | None]


class NotFound(exceptions.NotFound):
    """What the viewer may not see does not exist for them."""


class Forbidden(exceptions.Forbidden):
    """What the viewer sees but may not do."""


class Along(NamedTuple):
    """Why somebody only reads along now, in a sentence, and where that leads on."""

    sentence: str
    href: str
    word: str


class NotSignedIn(exceptions.Unauthorized):
    """There is nobody behind this request."""


class Access:
    """What the features above register: how a viewer is found, and the gates after it."""

    def __init__(self) -> None:
        self.find_viewer: Callable[[Any, str], Any | None] | None = None
        self.gates: list[Gate] = []
        self.why_along: Callable[[Any], Along | None] = lambda _viewer: None

    def viewer_finder(self, function: Callable[[Any, str], Any | None]) -> Callable[[Any, str], Any | None]:
        """Register `(account, network_slug) -> viewer | None`."""
        self.find_viewer = function
        return function

    def gate(self, function: Gate) -> Gate:
        """Register a check that may answer in place of the page, such as the welcome."""
        if function not in self.gates:
            self.gates.append(function)
        return function


access = Access()


def public(view: F) -> F:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def current_account() -> Any:
    """The signed-in account. Raises `NotSignedIn` where there is none."""
    if not current_user.is_authenticated:
        raise NotSignedIn
    return current_user._get_current_object()


def current_viewer() -> Any:
    """The signed-in person in the network of this address. Raises `NotFound` outside one."""
    viewer = g.get("viewer")
    if viewer is None:
        raise NotFound
    return viewer


def viewer_or_none() -> Any | None:
    return g.get("viewer") if has_request_context() else None


def along(viewer: Any | None = None) -> Along | None:
    """Why `viewer` (of this request, where none is named) only reads along; None for who may write."""
    viewer = viewer or viewer_or_none()
    return access.why_along(viewer) if viewer is not None else None


def init_app(app: Flask) -> None:
    """Close every door that is not marked `@public`."""
    public(closed("the front end's own files")(app.view_functions["static"]))
    app.before_request(lambda: _require_sign_in(app))
    app.before_request(_find_viewer)
    app.before_request(_pass_gates)
    app.context_processor(
        lambda: {
            "viewer": viewer_or_none(),
            "along": along,
            "account": current_user if has_request_context() and current_user.is_authenticated else None,
        }
    )


def is_public(app: Flask, endpoint: str | None) -> bool:
    """Whether an endpoint is open to anyone (an unknown address is: it only answers 404)."""
    if endpoint is None:
        return True
    return bool(getattr(app.view_functions[endpoint], "is_public", False))


def _require_sign_in(app: Flask) -> ResponseReturnValue | None:
    if is_public(app, request.endpoint) or current_user.is_authenticated:
        return None
    wants_page = request.method == "GET" and "HX-Request" not in request.headers
    if wants_page and request.accept_mimetypes.accept_html:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    raise NotSignedIn


def _find_viewer() -> None:
    slug = (request.view_args or {}).get("network")
    if slug is None or not current_user.is_authenticated:
        return
    viewer = access.find_viewer(current_account(), slug) if access.find_viewer else None
    if viewer is None:
        raise NotFound
    g.viewer = viewer


def _pass_gates() -> ResponseReturnValue | None:
    for gate in access.gates:
        answer = gate()
        if answer is not None:
            return answer
    return None
