"""Threads and check-ins as a viewer reaches them, split by noun."""

from app.threads.queries.checkins import (
    Round,
    answer_of,
    check_in_of,
    due_check_ins,
    rhythm_of,
    round_of,
    rounds_in,
    still_to_hear_from,
)
from app.threads.queries.threads import (
    Line,
    drivers_to_name,
    my_threads,
    spaces_for_threads,
    summaries_of,
    summary_of,
    threads_in,
)

__all__ = [
    "Line",
    "Round",
    "answer_of",
    "check_in_of",
    "drivers_to_name",
    "due_check_ins",
    "my_threads",
    "rhythm_of",
    "round_of",
    "rounds_in",
    "spaces_for_threads",
    "still_to_hear_from",
    "summaries_of",
    "summary_of",
    "threads_in",
]
