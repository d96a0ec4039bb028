"""What the bell shows and what waits to be mailed, split by noun."""

from app.notifications.queries.bell import Bell, bell_of, has_unread_about, unread_count
from app.notifications.queries.lines import Line, People, line_of, lines_of

__all__ = ["Bell", "Line", "People", "bell_of", "has_unread_about", "line_of", "lines_of", "unread_count"]
