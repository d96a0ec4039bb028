"""Mail: one verb for all of it, a readable folder in development, SMTP in production.

`send_mail` is called only by the worker, after a commit. Inside: `sending` makes a message, `folder` keeps it
where no mail server is configured, `pages` shows what was kept at `/dev/mail`.
"""

from flask import Flask

from app.core.mail.folder import FolderBackend, kept
from app.core.mail.sending import UnsafeHeader, mailman, send_mail

__all__ = ["UnsafeHeader", "init_app", "kept", "send_mail"]


def init_app(app: Flask) -> None:
    """Choose where mail goes, and show it where developers look."""
    app.config["MAIL_BACKEND"] = "smtp" if app.config.get("MAIL_URL") else FolderBackend
    mailman.init_app(app)
    if app.config["DEV_PAGES"] and app.config["APP_ENV"] != "production":
        from app.core.mail.pages import blueprint

        app.register_blueprint(blueprint)
