"""Throughline: a private social platform for networked improvement communities.

`create_app()` is the table of contents: one line for each extension and each feature.
"""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import accounts, contributions, feed, networks, notifications, posts, spaces
from app.core import access, addresses, db, design, files, migrate, realtime
from config import Config

CORE = (db, migrate, addresses, design, access, files)
FEATURES = (accounts, networks, spaces, contributions, posts, feed, notifications)
LAST = (realtime,)
"""Realtime attaches the socket handlers that the features registered."""


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment; `settings` override it (tests)."""
    app = Flask(__name__)
    app.config.from_object(Config.from_environment(os.environ))
    app.config.update(settings or {})
    for part in (*CORE, *FEATURES, *LAST):
        part.init_app(app)
    return app
