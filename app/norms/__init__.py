"""Floor 5: changing the network's norms: proposals by any member, talked over, adopted by the facilitators.

The document, its versions and who accepted them are networks'; a group's own norms are spaces'. Here is
the kind `norms`: a contribution in the commons that says what it would change, with its talk below it.
"""

from typing import Any

from flask import Flask


def words_for_search(it: Any) -> str:
    """The reasons, and all that would be said."""
    from app.norms.queries import changes_on

    norms = [change.norm for change in changes_on(it.card)]
    said = [part for norm in norms for part in (norm.title, norm.meaning, norm.example)]
    return "\n".join(part for part in [it.text, *said] if part)


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core.kinds import Kind, kinds
    from app.norms import actions, models, queries, routes, subscribers  # noqa: F401

    kinds.register(
        Kind(
            models.KIND,
            _l("Proposal"),
            "pencil",
            "question",
            "norms/_body.html",
            words_for_search=words_for_search,
            can_be_tried=False,
            layout="flat",
            form="norms/_answer.html",
            around=routes.around,
        )
    )
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["norms_changes"] = queries.changes_on
