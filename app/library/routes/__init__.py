"""The addresses of the library: shelves, adding, a resource's page and its versions, evidence."""

from flask import Blueprint

bp = Blueprint("library", __name__, template_folder="../templates")

from app.library.routes import adding, editing, page, shelves, using, versions  # noqa: E402, F401
