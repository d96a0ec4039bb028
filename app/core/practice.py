"""The demo where strangers can reach it: its sign-in is known to everybody, so it stays among itself.

Nouns: what *is demo* (a network, an account) is for practice. It is *shut* where the deployment is a
public one, or where mail really leaves the machine: then nobody new comes in, and no mail goes to
an address outside the demo. On one's own machine everything can be tried.
"""

from flask import current_app

from app.core.mail import server

DOMAIN = "@demo.example"


def is_shut(is_demo: bool) -> bool:
    """Whether a demo network or account keeps to itself here; never true of real ones."""
    return is_demo and (current_app.config["APP_ENV"] == "production" or server.leaves())


def may_write_to(is_demo: bool, email: str) -> bool:
    """Whether mail of a demo network or account may go to this address."""
    return email.lower().endswith(DOMAIN) or not is_shut(is_demo)
