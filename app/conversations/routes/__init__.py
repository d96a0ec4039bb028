"""The addresses of conversations: their list, beginning one, and what one can do with one."""

from flask import Blueprint

bp = Blueprint("conversations", __name__, template_folder="../templates")

from app.conversations.routes import beginning, lists, page, wishes  # noqa: E402, F401
