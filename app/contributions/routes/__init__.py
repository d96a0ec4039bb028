"""The addresses of contributions: `/n/<network>/c/<id>` and what lies under it."""

from flask import Blueprint

bp = Blueprint("contributions", __name__, template_folder="../templates")

from app.contributions.routes import (  # noqa: E402, F401
    acts,
    drafts,
    editing,
    groups,
    mine,
    page,
    privacy,
    reading,
    replies,
    standards,
    stewarding,
    unnamed,
    uploads,
    viewing,
)
