"""The addresses of threads: their page and its windows, starting one, lists, summaries."""

from flask import Blueprint

bp = Blueprint("threads", __name__, template_folder="../templates")

from app.threads.routes import checkins, lists, page, starting, summaries  # noqa: E402, F401
