"""Floor 5: threads, talks with a title that are read in order, for days and by many.

A thread is a contribution of the kind `thread`; replying, quoting, reactions and the place of
each reader come with contributions. What is here is the page of every kind whose layout is
`flat`, the form that starts a thread, the list of threads, and the summary on top of one.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.core.kinds import Kind, kinds
    from app.threads import models, queries, routes  # noqa: F401

    kinds.register(
        Kind(
            "thread",
            _l("Thread"),
            "talks",
            "thread",
            "threads/_body.html",
            can_be_tried=False,
            editable="threads.edit",
            layout="flat",
            can_be_answered=True,
            can_be_moved=True,
        )
    )
    app.register_blueprint(routes.bp)
    navigation.add(
        "left", "threads.index", _l("Threads"), "talks", order=25, also_current=("threads.of_space",)
    )
