"""What a network knows, reached through the viewer."""

from app.networks.queries.viewers import network_of_slug, networks_of, viewer_of

__all__ = ["network_of_slug", "networks_of", "viewer_of"]
