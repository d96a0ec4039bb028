"""What the bell shows, what waits to be mailed, and who wants mail, split by noun."""

from app.notifications.queries.bell import (
    Bell,
    bell_from,
    bell_of,
    has_unread_about,
    has_unread_of_group,
    part_of,
    unread_count,
)
from app.notifications.queries.lines import Line, People, line_of, lines_of
from app.notifications.queries.waiting import Letter, due_members, letter_for
from app.notifications.queries.wishes import wish_of_token, wishes_of

__all__ = [
    "Bell",
    "Letter",
    "Line",
    "People",
    "bell_from",
    "bell_of",
    "due_members",
    "has_unread_about",
    "has_unread_of_group",
    "letter_for",
    "line_of",
    "lines_of",
    "part_of",
    "unread_count",
    "wish_of_token",
    "wishes_of",
]
