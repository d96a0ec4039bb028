"""Contributions as a viewer reaches them, split by noun."""

from app.contributions.queries.contributions import (
    get_contribution,
    get_root,
    get_to_take_back,
    history_of,
    sees_one,
    tests_of,
)
from app.contributions.queries.mine import Mine, commitments_of, mine, saved_by
from app.contributions.queries.replies import ReplyPage, latest_replies, replies_of

__all__ = [
    "Mine",
    "ReplyPage",
    "commitments_of",
    "get_contribution",
    "get_root",
    "get_to_take_back",
    "history_of",
    "latest_replies",
    "mine",
    "replies_of",
    "saved_by",
    "sees_one",
    "tests_of",
]
