"""The pages of spaces and groups, split by what a person comes for."""

from flask import Blueprint

bp = Blueprint("spaces", __name__, template_folder="../templates")

from app.spaces.routes import about, audience, changing, directory, hub, joining, members, norms, starting  # noqa: E402, F401
