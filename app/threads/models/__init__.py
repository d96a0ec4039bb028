"""The summaries of long talks, and the check-ins of groups."""

from app.threads.models.checkins import EVERY, QUESTIONS_AT_MOST, CheckIn, CheckInAnswer, CheckInRound
from app.threads.models.rhythm import Rhythm
from app.threads.models.summaries import Summary

__all__ = ["EVERY", "QUESTIONS_AT_MOST", "CheckIn", "CheckInAnswer", "CheckInRound", "Rhythm", "Summary"]
