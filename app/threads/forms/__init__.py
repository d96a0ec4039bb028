"""The forms of threads, summaries and check-ins, split by noun."""

from app.threads.forms.checkins import CheckInForm
from app.threads.forms.threads import SummaryForm, ThreadForm

__all__ = ["CheckInForm", "SummaryForm", "ThreadForm"]
