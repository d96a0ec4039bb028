"""Floor 3: standards, the published lists of what pupils should learn, and their codes.

Nouns: a *framework* is one published list; a *standard* is an entry of it, with a code (`6.SP.B.4`) that
teachers type; a *relation* says how something serves a standard: addressing, building on, building towards.
What names a standard lives on the floors above; they register how it is counted.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.networks.models.words import grade_word
    from app.standards import models, routes, subscribers  # noqa: F401
    from app.standards.models import words
    from app.standards.queries import checks  # noqa: F401

    for word in (words.relation_word, words.link_word, words.name_of, words.problem_sentence):
        app.jinja_env.globals[f"standard_{word.__name__}"] = word
    app.jinja_env.globals["standard_relations"] = words.RELATION_WORDS
    app.jinja_env.globals["standard_grade_word"] = grade_word
    app.register_blueprint(routes.bp)
