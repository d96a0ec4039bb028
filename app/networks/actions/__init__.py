"""The verbs of a network, split by noun."""

from app.networks.actions.joining import enrol, join
from app.networks.actions.sites import add_site
from app.networks.actions.starting import start_network

__all__ = ["add_site", "enrol", "join", "start_network"]
