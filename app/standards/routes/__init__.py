"""Pages of standards: the tree, one standard, the picker's answers, and the network's choice."""

from flask import Blueprint

bp = Blueprint("standards", "app.standards", template_folder="templates")

from app.standards.routes import browsing, picking, settings  # noqa: E402, F401
