"""The set-up that is going on, and the state of the deployment's mail."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core import clock, tokens
from app.core.access import NotFound
from app.core.db import db
from app.core.mail import server
from app.networks.models import Member, Network, Setup

STEPS = ("account", "network", "norms", "sites", "mail", "done")


def open_setup(token: str) -> Setup:
    """The set-up that this link opens. Raises NotFound, also for one that is over."""
    query = (
        select(Setup)
        .options(joinedload(Setup.network))
        .where(
            Setup.token_hash == tokens.fingerprint(token),
            Setup.expires_at > clock.now(),
            Setup.finished_at.is_(None),
        )
    )
    setup: Setup | None = db.session.scalar(query)
    if setup is None:
        raise NotFound
    return setup


def next_step(setup: Setup) -> str:
    """The first step that was not saved yet."""
    done = STEPS.index(setup.done) if setup.done in STEPS else -1
    return STEPS[min(done + 1, len(STEPS) - 1)]


def director_of(setup: Setup, account: Account) -> Member:
    """The member that the first director is. Raises NotFound before the network stands."""
    wanted = (Member.network_id == setup.network_id, Member.account_id == account.id)
    member: Member | None = db.session.scalar(select(Member).where(*wanted))
    if member is None:
        raise NotFound
    return member


@dataclass(frozen=True)
class MailState:
    """`fixed`: set in the environment. `test` is empty, `waiting`, `sent` or `failed`."""

    fixed: bool
    chosen: bool
    test: str
    problem: str


def mail_state(network: Network) -> MailState:
    """Where mail goes, and what became of the last test."""
    test = network.settings.get("mail_test", {})
    state = "" if not test else "waiting" if "done" not in test else "failed" if test["problem"] else "sent"
    return MailState(server.fixed(), server.chosen() is not None, state, test.get("problem", ""))
