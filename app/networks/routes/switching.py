"""My networks: the list, the switcher in the shell, and where home is."""

from typing import Any

from flask import has_request_context, render_template, session
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core.access import current_account, viewer_or_none
from app.core.doors import closed
from app.core.home import home_finder
from app.networks import queries
from app.networks.models import Member
from app.networks.routes.blueprint import bp, feed_of, viewer

LAST = "network"
"""Where this browser's session keeps the network that was looked at last."""

navigation.add("avatar", "networks.mine", _l("Your networks"), "globe", order=20)
navigation.fill("left", "networks.switcher", order=90)


@bp.get("/networks")
@closed("names of one's own networks")
def mine() -> str:
    """The networks I am in, and those that I asked."""
    account = current_account()
    return render_template(
        "networks/mine.html",
        memberships=queries.networks_of(account),
        asked=queries.asked_by(account),
        feed_of=feed_of,
    )


@bp.get("/n/<network>/switch")
@closed("names of one's own networks")
def switcher(network: str) -> str:
    """A fragment: my other networks, empty when there is only this one."""
    here = viewer()
    others = [each for each in queries.networks_of(current_account()) if each.id != here.id]
    return render_template("networks/_switcher.html", others=others, feed_of=feed_of)


@home_finder
def _home(account: Any) -> str | None:
    member = last_one(account)
    return feed_of(member.network) if member else None


@navigation.elsewhere
def last_one(account: Any) -> Member | None:
    """Membership of the network looked at last in this session, else of the one joined first."""
    memberships = queries.networks_of(account)
    last = session.get(LAST) if has_request_context() else None
    by_age = sorted(memberships, key=lambda each: (each.network.slug != last, each.joined_at, each.id))
    return by_age[0] if by_age else None


@bp.before_app_request
def _remember() -> None:
    here = viewer_or_none()
    if here is not None and session.get(LAST) != here.network.slug:
        session[LAST] = here.network.slug
