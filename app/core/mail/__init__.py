"""Mail: one verb for all of it, a readable folder in development, SMTP in production.

`send_mail` is called only by the worker, after a commit. Inside: `sending` makes a message, `folder` keeps it
where there is no mail server, `server` knows the one that was chosen in the browser, `pages` shows what was
kept at `/dev/mail`.
"""

from flask import Flask

from app.core.mail.folder import kept
from app.core.mail.sending import UnsafeHeader, mailman, send_mail
from app.core.mail.server import ChosenBackend

__all__ = ["UnsafeHeader", "init_app", "kept", "send_mail"]


def init_app(app: Flask) -> None:
    """Choose where mail goes, and show it where developers look."""
    app.config["MAIL_BACKEND"] = "smtp" if app.config.get("MAIL_URL") else ChosenBackend
    mailman.init_app(app)
    if app.config["DEV_PAGES"] and app.config["APP_ENV"] != "production":
        from app.core.mail.pages import blueprint

        app.register_blueprint(blueprint)
