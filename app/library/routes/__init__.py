"""The addresses of the library: shelves, adding, a resource's page and its versions, evidence."""

from flask import Blueprint

bp = Blueprint("library", __name__, template_folder="../templates")

from app.library.routes import (  # noqa: E402
    adapting,
    adding,
    answering,
    collections,
    editing,
    exporting,
    many,
    page,
    requests,
    settings,
    shelves,
    standards,
    suggesting,
    taking_in,
    unpacking,
    using,
    versions,
)

__all__ = [
    "adapting",
    "adding",
    "answering",
    "bp",
    "collections",
    "editing",
    "exporting",
    "many",
    "page",
    "requests",
    "settings",
    "shelves",
    "standards",
    "suggesting",
    "taking_in",
    "unpacking",
    "using",
    "versions",
]
