"""Loading the demo: from its scripts to rows, in bulk.

Nouns: a *cast* is the people of a script as actors with ids (cast 0 is the script's own; a
larger scale adds more); a *scene* is one root contribution on its way into the database;
*props* are stored files; *words* are texts made clean once and used often.

Rules: rows are written with SQLAlchemy Core in chunks, inside one command, without events:
nobody listens yet. So everything that the commands keep true is made true here: ids and
their sequences, positions, counters, cards, memberships, files. Only the *bells* of the last
days ring through the notifications' own functions.
"""

from app.demo.loading.loader import DemoRefused, load
from app.demo.loading.removal import remove

__all__ = ["DemoRefused", "load", "remove"]
