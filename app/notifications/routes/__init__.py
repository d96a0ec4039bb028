"""The addresses of notifications: the bell, reading, and mail (settings, unsubscribing)."""

from flask import Blueprint

bp = Blueprint("notifications", __name__, template_folder="../templates")

from app.notifications.routes import bell, mail  # noqa: E402, F401
