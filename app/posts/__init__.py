"""Floor 5: what a feed is made of: update, question, tried it, material."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core.kinds import Kind, kinds
    from app.posts import models, routes  # noqa: F401
    from app.posts.forms import SETTING_WORDS

    edit = "posts.edit"
    kinds.register(
        Kind(
            "tried_it",
            _l("Tried it"),
            "flask",
            "learned",
            "posts/_tried_it.html",
            editable=edit,
            can_be_sealed=True,
        )
    )
    kinds.register(
        Kind(
            "question",
            _l("Question"),
            "question",
            "question",
            "posts/_body.html",
            editable=edit,
            can_be_tried=False,
            can_be_sealed=True,
            can_be_answered=True,
            can_be_moved=True,
        )
    )
    kinds.register(Kind("material", _l("Material"), "page", "material", "posts/_body.html", editable=edit))
    kinds.register(
        Kind(
            "update", _l("Update"), "pencil", "update", "posts/_body.html", editable=edit, can_be_tried=False
        )
    )
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["setting_word"] = lambda name: str(SETTING_WORDS.get(name, ""))
