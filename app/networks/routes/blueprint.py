"""The blueprint of networks, and what its pages share."""

from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.access import current_viewer
from app.core.numbers import whole
from app.networks import policy
from app.networks.models import Member, Network

bp = Blueprint("networks", "app.networks", template_folder="templates")
WRONG = 422
"""A form that cannot be accepted as it is."""


def viewer() -> Member:
    """The signed-in person in the network of this address."""
    member: Member = current_viewer()
    return member


def hub() -> Member:
    """The viewer, where they look after the network. Raises Forbidden."""
    member = viewer()
    policy.insist(policy.can_change_network(member, member.network))
    return member


def to(endpoint: str, network: Network, **more: Any) -> ResponseReturnValue:
    """On to another page of the network."""
    return redirect(url_for(f"networks.{endpoint}", network=network.slug, **more))


def feed_of(network: Network) -> str:
    """The address of a network's first page."""
    return f"{current_app.config['APPLICATION_ROOT'].rstrip('/')}/n/{network.slug}/"


def number(name: str) -> int | None:
    """A whole number from the address, None for anything else."""
    return whole(request.args.get(name, ""))
