"""Floor 5: threads, talks with a title that are read in order, for days and by many.

A thread is a contribution of the kind `thread`; replying, quoting, reactions and the place of
each reader come with contributions. What is here is the page of every kind whose layout is
`flat`, the form that starts a thread, the list of threads, the summary on top of one, and the
check-ins of groups, which open a talk by the clock.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.core.kinds import Kind, kinds
    from app.threads import jobs, models, queries, routes, subscribers  # noqa: F401
    from app.threads.routes.checkins import around

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
    kinds.register(
        Kind(
            "check_in",
            _l("Check-in"),
            "calendar",
            "question",
            "threads/_check_in_body.html",
            can_be_tried=False,
            layout="flat",
            around=around,
            form="threads/_check_in_form.html",
        )
    )
    app.register_blueprint(routes.bp)
    navigation.add(
        "left", "threads.index", _l("Threads"), "list", order=25, also_current=("threads.of_space",)
    )
