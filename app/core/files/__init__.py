"""Files: one port for everything that people upload and everything that we make for them to download.

`files` is the way in: `allow`, `receive`, `put`, `open`, `discard`, `delete`, `make_thumbnail`. Inside:
`accept` decides what may come in, `port` and `local` keep bytes, `serve` and `routes` give them out after
the permission check, `sweep` tidies up.
"""

from flask import Flask

from app.core.files.errors import Missing, Refused, StorageFull, TooLarge
from app.core.files.kinds import ACCEPTED_ENDINGS
from app.core.files.service import files

__all__ = ["ACCEPTED_ENDINGS", "Missing", "Refused", "StorageFull", "TooLarge", "files", "init_app"]


def init_app(app: Flask) -> None:
    """Choose the store, open `/files/<key>`, and listen for what the worker does."""
    from app.core.files import subscribers, sweep  # noqa: F401
    from app.core.files.routes import blueprint

    files.init_app(app)
    app.register_blueprint(blueprint)
