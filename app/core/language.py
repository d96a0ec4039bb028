"""Languages: which one a page speaks, and the list that is offered.

A signed-in person's own choice comes first, then what the browser asks for. Nothing live
asks this: the stream tail renders in the language of each listener.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, render_template, request
from flask_babel import Babel, get_locale, get_translations
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

SOURCE = "en"
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


def _catalog() -> Any:
    """The translations for this page; None where it speaks the language of the source."""
    locale = get_locale()
    return None if locale is None or str(locale) == SOURCE else get_translations()


def _say(words: str) -> str:
    catalog = _catalog()
    return words if catalog is None else str(catalog.ugettext(words))


def _say_many(one: str, many: str, count: int) -> str:
    catalog = _catalog()
    if catalog is None:
        return one if count == 1 else many
    return str(catalog.ungettext(one, many, count))


@lru_cache(len(LANGUAGES))
def _browser_words(language: str) -> Markup:
    return Markup(render_template("core/_words.html"))  # noqa: S704 - our own template


def browser_words() -> Markup:
    """The sentences that the page's script says, rendered once for each language."""
    return _browser_words(str(get_locale() or SOURCE))


def init_app(app: Flask) -> None:
    """A page asks for a hundred sentences: in the language of the source that must cost nothing."""
    Babel(app, locale_selector=choose)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_say, _say_many, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["browser_words"] = browser_words
