"""The addresses of moderation: reports, the queue, letters, the record and what a network wishes."""

from flask import Blueprint

bp = Blueprint("moderation", __name__, template_folder="../templates")

from app.moderation.routes import (  # noqa: E402, F401
    acting,
    health,
    letters,
    queue,
    record,
    reporting,
    settings,
    talking,
)
