"""Throughline: a private social platform for networked improvement communities.

`create_app()` is the table of contents: one line for each extension and each feature.
"""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import (
    accounts,
    cli,
    contributions,
    conversations,
    feed,
    library,
    moderation,
    networks,
    norms,
    notifications,
    posts,
    privacy,
    spaces,
    standards,
    threads,
)
from app import search as searching
from app.core import (
    access,
    addresses,
    assets,
    compress,
    db,
    design,
    errors,
    files,
    health,
    jobs,
    language,
    limits,
    logs,
    mail,
    maths,
    metrics,
    migrate,
    previews,
    realtime,
    seals,
    search,
    security,
)
from app.core.security import edge
from config import Config

OPERATING = (logs, errors, health, metrics)
CORE = (
    db,
    migrate,
    language,
    security,
    limits,
    compress,
    addresses,
    assets,
    design,
    access,
    files,
    previews,
    mail,
    maths,
    seals,
    search,
)
FEATURES = (
    accounts,
    privacy,
    networks,
    spaces,
    standards,
    contributions,
    posts,
    threads,
    library,
    norms,
    conversations,
    feed,
    notifications,
    moderation,
    searching,
)
LAST = (jobs, realtime, edge, cli)
"""Jobs and realtime attach what the features registered; the edge is outermost."""


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment; `settings` override it (tests)."""
    app = Flask(__name__, template_folder="core/templates")
    app.config.from_object(Config.from_environment(os.environ))
    app.config.update(settings or {})
    for part in (*OPERATING, *CORE, *FEATURES, *LAST):
        part.init_app(app)
    return app
