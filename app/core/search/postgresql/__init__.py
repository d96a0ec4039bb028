"""The engine for deployments on PostgreSQL: its full text and its trigrams.

`table` is where documents lie (empty on SQLite, so that both databases have one shape), `clauses`
turns a query into SQL, `engine` is the port.
"""

from app.core.search.postgresql.engine import FullText

__all__ = ["FullText"]
