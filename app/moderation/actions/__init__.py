"""Reporting, judging, appealing, and what a network wants looked at first; each verb is a command."""

from app.moderation.actions.appealing import AppealedAlready, appeal, judge_appeal
from app.moderation.actions.judging import Taken, Wanted, act, claim, give_back, note, take_over, undo
from app.moderation.actions.reporting import (
    FoundFine,
    TooManyReports,
    report_contribution,
    report_group,
    report_member,
)
from app.moderation.actions.wishes import TooCommon, TooManyWords, drop_word, read_first_posts, watch

__all__ = [
    "AppealedAlready",
    "FoundFine",
    "Taken",
    "TooCommon",
    "TooManyReports",
    "TooManyWords",
    "Wanted",
    "act",
    "appeal",
    "claim",
    "drop_word",
    "give_back",
    "judge_appeal",
    "note",
    "read_first_posts",
    "report_contribution",
    "report_group",
    "report_member",
    "take_over",
    "undo",
    "watch",
]
