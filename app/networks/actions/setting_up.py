"""The first set-up: the one-time link, and the steps that have no settings page yet.

Rules: the link opens the first step only; once the director's account stands, going on needs
that account. There is one set-up, until it is finished; a deployment that has a real network
has had it. Each step saves by itself.
"""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.actions.opening import add_account, good_address, good_name, good_password
from app.accounts.models import Account
from app.core import clock, hashing, tokens
from app.core.access import Forbidden
from app.core.command import command
from app.core.db import db
from app.networks import policy
from app.networks.actions.inviting import make_invitation
from app.networks.actions.joining import enrol
from app.networks.actions.norms import accept_norms, finish_welcome
from app.networks.actions.starting import Norm, start_network
from app.networks.models import Invitation, Member, Network, Setup
from app.networks.policy import OPERATOR, Actor
from app.networks.queries.setup import STEPS, open_setup

LASTS = timedelta(hours=24)


class AlreadySetUp(Exception):
    """There is a real network here, or its set-up is over."""


@command
def make_setup_link(actor: Actor) -> str:
    """The token of a fresh link; the one before opens nothing any more. Raises AlreadySetUp."""
    policy.insist(policy.can_start_network(actor))
    setup = db.session.scalar(select(Setup).order_by(Setup.id.desc()).limit(1))
    if setup is not None and setup.finished_at is not None:
        raise AlreadySetUp
    real = db.session.scalar(select(Network.id).where(Network.is_demo.is_(False)).limit(1))
    if real is not None and (setup is None or setup.network_id != real):
        raise AlreadySetUp
    token = tokens.new_token()
    if setup is None:
        setup = Setup()
        db.session.add(setup)
    setup.token_hash, setup.expires_at = tokens.fingerprint(token), clock.now() + LASTS
    return token


def open_first_account(token: str, *, name: str, email: str, password: str) -> Account:
    """The first director's account. Raises Objection, EmailTaken, NotFound, Forbidden."""
    email, name = good_address(email), good_name(name)
    hashed = hashing.hash_password(good_password(password, email=email, name=name))
    return _first_account(OPERATOR, token, name=name, email=email, hashed=hashed)


@command
def _first_account(_actor: Actor, token: str, *, name: str, email: str, hashed: str) -> Account:
    setup = open_setup(token)
    _lock(setup)
    if setup.account_id is not None:
        raise Forbidden
    account = add_account(None, email=email, name=name, password_hash=hashed)
    setup.account_id, setup.done = account.id, "account"
    return account


@command
def set_up_network(
    actor: Account,
    setup: Setup,
    *,
    name: str,
    aim: str,
    time_zone: str,
    year_starts: int,
    norms: list[Norm],
) -> Member:
    """Start the network with its first director, who also looks after the deployment's mail."""
    _own(actor, setup)
    _lock(setup)
    if setup.network_id is not None:
        raise Forbidden
    network = start_network(
        OPERATOR, name=name, aim=aim, time_zone=time_zone, year_starts=year_starts, norms=norms
    )
    network.settings = {**network.settings, "keeps_mail": True}
    actor.time_zone = time_zone
    setup.network_id, setup.done = network.id, "network"
    return enrol(OPERATOR, network, actor, is_director=True, is_facilitator=True)


@command
def step_done(actor: Account, setup: Setup, step: str) -> None:
    """Remember that a step was saved or passed over; the last one is not forgotten by going back."""
    _own(actor, setup)
    if step in STEPS and STEPS.index(step) > (STEPS.index(setup.done) if setup.done in STEPS else -1):
        setup.done = step


@command
def finish_setup(actor: Account, setup: Setup, director: Member) -> Invitation:
    """The end: the set-up's link is worthless, and the first invitation link stands.

    Who wrote the norms has accepted them.
    """
    _own(actor, setup)
    if setup.finished_at is not None:
        raise AlreadySetUp
    setup.finished_at = clock.now()
    accept_norms(director, director.network.norms_version)
    finish_welcome(director)
    return make_invitation(director, director.network, days=30)


def _own(actor: Account, setup: Setup) -> None:
    if setup.account_id != actor.id:
        raise Forbidden


def _lock(setup: Setup) -> None:
    db.session.execute(select(Setup.id).where(Setup.id == setup.id).with_for_update())
    db.session.refresh(setup)
