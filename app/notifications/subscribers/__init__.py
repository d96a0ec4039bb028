"""What the bell hears, from the outbox, at least once: each listener only names what changed.

`actions` looks at what is true now, so order and repeats do not matter.
"""

from app.notifications.subscribers import contributions, groups, library, norms, requests, rings

__all__ = ["contributions", "groups", "library", "norms", "requests", "rings"]
