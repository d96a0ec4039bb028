"""Floor 5: changing the network's norms: proposals by any member, talked over, adopted by the facilitators.

The document, its versions and who accepted them are networks'; a group's own norms are spaces'. Here is
the kind `norms`: a contribution in the commons that says what it would change, with its talk below it.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.norms import models  # noqa: F401
