"""Small worlds for tests, made with the product's own verbs.

`World` is a network with two schools and a member in every position that matters; `Post` its
contributions. Nothing is shared between tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.accounts.actions import add_account
from app.accounts.models import Account
from app.contributions.actions import Piece, post_reply, share
from app.contributions.models import Contribution
from app.core import text
from app.networks.actions import add_site, enrol, start_network
from app.networks.models import Member, Network, Site
from app.networks.policy import OPERATOR
from app.spaces.actions import add_to_space, open_group
from app.spaces.models import Space
from app.spaces.queries import commons_of

_numbers = count(1)
NORMS = [{"title": "All voices", "meaning": "Everybody speaks.", "example": "Go round once."}]


def make_account(name: str = "Ada", **more: Any) -> Account:
    """An account without a password; `sign_in` of the test client opens a session for it."""
    number = next(_numbers)
    return add_account(None, email=f"p{number}@example.org", name=name, password_hash=None, **more)


def make_network(name: str = "Maths") -> Network:
    return start_network(OPERATOR, name=f"{name} {next(_numbers)}", norms=NORMS)


def make_site(network: Network, name: str, **more: Any) -> Site:
    return add_site(OPERATOR, network, name=name, short_name=name, **more)


def make_member(network: Network, name: str, *, account: Account | None = None, **more: Any) -> Member:
    """An active member who has been welcomed and accepted the norms."""
    from app.core import clock
    from app.core.command import command

    member = enrol(OPERATOR, network, account or make_account(name), name=name, **more)

    @command
    def welcome() -> None:
        member.norms_version, member.welcomed_at = 1, clock.now()

    welcome()
    return member


@dataclass
class World:
    """Two schools of a network, its hub, and a second network with an outsider."""

    network: Network
    cedar: Site
    maple: Site
    teacher: Member
    neighbour: Member
    principal: Member
    colleague: Member
    facilitator: Member
    director: Member
    outsider: Member
    commons: Space


def make_world() -> World:
    network, other = make_network(), make_network("Science")
    make_member(other, "Dora Director", is_director=True)
    cedar, maple = make_site(network, "Cedar"), make_site(network, "Maple")
    return World(
        network=network,
        cedar=cedar,
        maple=maple,
        teacher=make_member(network, "Tess Teacher", role="teacher", site=cedar, grades=[7]),
        neighbour=make_member(network, "Nora Neighbour", role="teacher", site=cedar, grades=[6]),
        principal=make_member(network, "Pia Principal", role="principal", site=cedar),
        colleague=make_member(network, "Cole Colleague", role="teacher", site=maple, grades=[7]),
        facilitator=make_member(network, "Fay Facilitator", is_facilitator=True),
        director=make_member(network, "Dee Director", is_director=True),
        outsider=make_member(other, "Otto Outsider", role="teacher"),
        commons=commons_of(network.id),
    )


def make_group(world: World, *members: Member, access: str = "request", name: str = "Ratios") -> Space:
    group = open_group(world.network.id, name=name, access=access)
    for member in members:
        add_to_space(group, member)
    return group


def make_post(author: Member, space: Space, words: str = "Number talks", **more: Any) -> Contribution:
    html = text.from_plain(words)
    return share(author, space, Piece(kind=more.pop("kind", "update"), html=html, **more))


def make_reply(author: Member, root: Contribution, words: str = "Thank you", **more: Any) -> Contribution:
    return post_reply(author, root, html=text.from_plain(words), **more)


Make = Callable[..., Any]
