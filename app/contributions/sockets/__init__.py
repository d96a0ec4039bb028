"""Live contributions: the stream of one and what it tells, replying, and who is here or writing."""

from app.contributions.sockets import here, streams  # noqa: F401
