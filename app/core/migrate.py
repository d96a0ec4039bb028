"""Migrations: Alembic through Flask-Migrate, told where the models are.

Neighbours: `migrations/env.py` holds the care that SQLite needs.
"""

from flask import Flask
from flask_migrate import Migrate

from app.core.db import db

migrate = Migrate(compare_type=True, render_as_batch=True)


def init_app(app: Flask) -> None:
    migrate.init_app(app, db)
