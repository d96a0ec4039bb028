"""Languages: which one a page speaks, and the list that is offered.

A signed-in person's own choice comes first, then what the browser asks for. Nothing live
asks this: the stream tail renders in the language of each listener.
"""

from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_babel import lazy_gettext as _l
from flask_login import current_user

LANGUAGES: dict[str, Any] = {"en": _l("English")}
"""The languages that the words on the screen exist in; the first is the fallback."""


def choose() -> str:
    """The language of this page."""
    if not has_request_context():
        return next(iter(LANGUAGES))
    chosen = getattr(current_user, "language", None)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or next(iter(LANGUAGES))


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=choose)
    app.jinja_env.add_extension("jinja2.ext.i18n")
