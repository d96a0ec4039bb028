"""Drivers: the short list of levers that groups, posts and resources can name.

Rules: a driver is retired, not deleted, because what named it goes on naming it.
"""

from sqlalchemy import func, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.words import SHORT, lines, name_of
from app.networks.events import DriverRenamed, NetworkChanged
from app.networks.models import Driver, Network
from app.networks.policy import Actor

MOST = 30


class TooMany(ValueError):
    """A list that nobody would read."""


@command
def add_driver(actor: Actor, network: Network, *, name: str, meaning: str = "") -> Driver:
    """A driver at the end of the list. Raises TooMany above thirty."""
    policy.insist(policy.can_change_network(actor, network))
    count, last = db.session.execute(
        select(func.count(Driver.id), func.max(Driver.position)).where(
            Driver.network_id == network.id, Driver.retired_at.is_(None)
        )
    ).one()
    if count >= MOST:
        raise TooMany
    driver = Driver(
        network_id=network.id,
        name=name_of(name, 120),
        meaning=lines(meaning, SHORT),
        position=(last or 0) + 1,
    )
    db.session.add(driver)
    db.session.flush()
    publish(NetworkChanged(network.id))
    return driver


@command
def change_driver(actor: Actor, network: Network, driver: Driver, *, name: str, meaning: str) -> None:
    policy.insist(policy.can_change_network(actor, network) and driver.network_id == network.id)
    before = driver.name
    driver.name, driver.meaning = name_of(name, 120), lines(meaning, SHORT)
    if driver.name != before:
        publish(DriverRenamed(driver.id))
    publish(NetworkChanged(network.id))


@command
def raise_driver(actor: Actor, network: Network, driver: Driver) -> None:
    """Move it one place up in the list."""
    policy.insist(policy.can_change_network(actor, network) and driver.network_id == network.id)
    above = db.session.scalar(
        select(Driver)
        .where(
            Driver.network_id == network.id,
            Driver.retired_at.is_(None),
            Driver.position < driver.position,
        )
        .order_by(Driver.position.desc())
        .limit(1)
    )
    if above is not None:
        above.position, driver.position = driver.position, above.position
        publish(NetworkChanged(network.id))


@command
def retire_driver(actor: Actor, network: Network, driver: Driver, *, retired: bool = True) -> None:
    """Take it off the list, or put it back."""
    policy.insist(policy.can_change_network(actor, network) and driver.network_id == network.id)
    driver.retired_at = clock.now() if retired else None
    publish(NetworkChanged(network.id))
