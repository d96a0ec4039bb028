"""Floor 5: what a feed is made of: update, question, tried it, material."""

from typing import Any

from flask import Flask

from app.core.kinds import Kind


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.core.kinds import kinds
    from app.posts import models, routes  # noqa: F401
    from app.posts.forms import SETTING_WORDS

    for kind in _kinds():
        kinds.register(kind)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["setting_word"] = lambda name: str(SETTING_WORDS.get(name, ""))


def _kinds() -> list[Kind]:
    """What may be tried, answered or go without a name differs; the form to edit it is one."""
    from flask_babel import lazy_gettext as _l

    edit: dict[str, Any] = {"editable": "posts.edit"}
    sealed: dict[str, Any] = {**edit, "can_be_sealed": True}
    asks: dict[str, Any] = {**sealed, "can_be_tried": False, "can_be_answered": True, "can_be_moved": True}
    body = "posts/_body.html"
    return [
        Kind("tried_it", _l("Tried it"), "flask", "learned", "posts/_tried_it.html", **sealed),
        Kind("question", _l("Question"), "question", "question", body, **asks),
        Kind("material", _l("Material"), "page", "material", body, **edit),
        Kind("update", _l("Update"), "pencil", "update", body, can_be_tried=False, **edit),
    ]
