"""The smallest application around one part of core: a database in a folder of its own, sign-in by header."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask, Request, g
from flask_babel import Babel
from flask_login import LoginManager, UserMixin

from app.core.db import db
from app.core.language import browser_words


class Somebody(UserMixin):
    """An account that needs no table."""

    def __init__(self, number: int) -> None:
        self.id = number


def tiny_app(folder: Path, *parts: ModuleType, static: str = "static", **settings: Any) -> Flask:
    """An application with these parts of core and the usual settings; `settings` override them."""
    root = str(Path(__file__).parents[2] / "app")
    app = Flask("app", root_path=root, static_folder=static, template_folder="core/templates")
    app.config.update(
        TESTING=True,
        APP_ENV="testing",
        SECRET_KEY="a-key-of-the-tests-and-of-nothing-else",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'tiny.sqlite3'}",
        DATA_DIR=folder,
        FILES_DIR=folder / "files",
        MAX_UPLOAD_BYTES=25 * 1024 * 1024,
        STORAGE_PER_MEMBER_BYTES=100 * 1024 * 1024,
        STORAGE_PER_NETWORK_BYTES=200 * 1024 * 1024,
        BASE_URL="http://localhost",
        DEV_PAGES=True,
        REDIS_URL=None,
        MAIL_DEFAULT_SENDER="Throughline <throughline@localhost>",
        TRUSTED_PROXIES=0,
        LOG_FORMAT="json",
        LOG_LEVEL="info",
        METRICS_TOKEN=None,
        RATELIMIT_STORAGE_URI="memory://",
    )
    app.config.update(settings)
    Babel(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["browser_words"] = browser_words
    manager = LoginManager(app)
    manager.request_loader(_by_header)
    app.before_request(_forget_the_last_person)
    for part in parts:
        part.init_app(app)
    return app


def with_tables(app: Flask) -> Iterator[Flask]:
    """Inside the application's context, its tables made, everything closed afterwards."""
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


def _forget_the_last_person() -> None:
    # A test holds one context open over several requests; each of them may be somebody else's.
    g.pop("_login_user", None)


def _by_header(request: Request) -> Somebody | None:
    number = request.headers.get("X-Somebody")
    return Somebody(int(number)) if number else None
