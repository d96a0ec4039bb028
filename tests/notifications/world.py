"""A small world for these tests: two networks, a few people, and what they do, by the real verbs.

`noise` is what an outsider and others do at the same time: it must never be heard.
"""

from dataclasses import dataclass, field
from typing import Any

from app.accounts.models import Account
from app.contributions.actions import commit_to, post_reply, react, share
from app.contributions.actions.posting import Piece
from app.contributions.models import Contribution
from app.core import text
from app.core.command import command
from app.networks.actions import add_site, start_network
from app.networks.models import Member, Network, Site
from app.networks.policy import OPERATOR
from app.spaces.actions import add_to_space, open_group
from app.spaces.models import Space
from app.spaces.queries import commons_of
from tests.support.factories import make_account, make_member


@dataclass
class World:
    network: Network
    school: Site
    people: dict[str, Member] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Member:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def commons(self) -> Space:
        return commons_of(self.network.id)

    def person(self, name: str, *, of: Account | None = None, **given: Any) -> Member:
        """A teacher of the school, called by the first word of their name in small letters."""
        signed = of or make_account(name)
        if given:
            _set(signed, **given)
        made = make_member(self.network, name, account=signed, role="teacher", site=self.school)
        self.people[name.split()[0].lower()] = made
        return made

    def group(self, name: str, *members: Member, access: str = "secret") -> Space:
        made = open_group(self.network.id, name=name, access=access)
        for member in members:
            add_to_space(made, member)
        return made


@command
def _set(account: Account, **given: Any) -> None:
    for column, value in given.items():
        setattr(account, column, value)


def network(name: str) -> World:
    made = start_network(OPERATOR, name=name)
    return World(made, add_site(OPERATOR, made, name=f"{name} Middle School", short_name=name))


def post(author: Member, said: str = "We tried number lines", **given: Any) -> Contribution:
    """An update in the commons, or in `space`."""
    space = given.pop("space", None) or commons_of(author.network_id)
    given.setdefault("kind", "update")
    return share(author, space, Piece(html=text.from_plain(said), **given))


def reply(author: Member, root: Contribution, said: str = "Thank you", **given: Any) -> Contribution:
    return post_reply(author, root, html=given.pop("html", None) or text.from_plain(said), **given)


def mention(member: Member) -> str:
    """The link that the editor makes of a mention."""
    return f'<a href="/n/{member.network.slug}/members/{member.id}">@{member.name}</a>'


def noise(world: World) -> Contribution:
    """Nell posts, Otis answers in every way: nothing of it concerns anybody else."""
    nell = world.people.get("nell") or world.person("Nell Noise")
    otis = world.people.get("otis") or world.person("Otis Noise")
    other = post(nell, "Something else", kind="material")
    reply(otis, other)
    react(otis, other, "thanks")
    commit_to(otis, other)
    return other
