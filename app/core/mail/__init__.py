"""Mail. A stand-in until the ports branch lands."""

from typing import Any


def send_mail(to: str, subject: str, text: str, html: str | None = None, **more: Any) -> None:
    """Send nothing yet."""
