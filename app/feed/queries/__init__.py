"""What the feed knows: its pages, and the last days in numbers."""

from app.feed.queries.feed import (
    CARDS,
    FeedPage,
    Filters,
    feed_page,
    helpful_failure,
    schools_of,
    shared_by,
    space_streams,
)
from app.feed.queries.week import Week, week_of

__all__ = [
    "CARDS",
    "FeedPage",
    "Filters",
    "Week",
    "feed_page",
    "helpful_failure",
    "schools_of",
    "shared_by",
    "space_streams",
    "week_of",
]
