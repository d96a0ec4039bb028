"""The search's page, its suggestions, and its settings."""

from flask import Blueprint

bp = Blueprint("search", "app.search", template_folder="templates")

from app.search.routes import page, settings  # noqa: E402

__all__ = ["bp", "page", "settings"]
