"""Threads, summaries and check-ins: what people do with them, split by noun."""

from app.threads.actions.answering import AnsweredBefore, answer_check_in, forget_answer
from app.threads.actions.checkins import open_due, pause_check_in, resume_check_in, set_check_in
from app.threads.actions.threads import KIND, edit_thread, erase_summaries, start_thread, sum_up

__all__ = [
    "KIND",
    "AnsweredBefore",
    "answer_check_in",
    "edit_thread",
    "erase_summaries",
    "forget_answer",
    "open_due",
    "pause_check_in",
    "resume_check_in",
    "set_check_in",
    "start_thread",
    "sum_up",
]
