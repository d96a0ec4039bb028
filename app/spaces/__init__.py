"""Floor 3: spaces, the only thing that decides who sees what."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.spaces import models, routes, sockets, subscribers  # noqa: F401
    from app.spaces.actions import erasing  # noqa: F401
    from app.spaces.models import words
    from app.spaces.queries import checks  # noqa: F401

    for word in (
        words.access_word,
        words.access_means,
        words.access_icon,
        words.form_word,
        words.follows_words,
    ):
        app.jinja_env.globals[word.__name__] = word
    app.register_blueprint(routes.bp)
