"""What the operator's doctor looks at in networks, and what happens there by the clock."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.core.db import db
from app.core.doctor import check
from app.core.jobs import periodic
from app.networks.actions.resting import end_rests_that_are_over
from app.networks.models import Invitation, Member, Network, NormsVersion, Site, fold


@periodic(minute="*/5")
def rests_end() -> None:
    """Breaks whose day has come are over."""
    end_rests_that_are_over()


@check("networks: names sort and search as they are written")
def names_are_found() -> Iterable[str]:
    query = select(Member.id, Member.name, Member.name_key, Member.words).order_by(Member.id)
    for member_id, name, key, words in db.session.execute(query.execution_options(yield_per=1000)):
        if key != fold(name)[:80] or fold(name) not in words:
            yield f"member {member_id} cannot be found by their name"


@check("networks: nobody is at a school of another network")
def sites_are_own() -> Iterable[str]:
    query = (
        select(Member.id).join(Site, Member.site_id == Site.id).where(Site.network_id != Member.network_id)
    )
    for member_id in db.session.scalars(query):
        yield f"member {member_id} is at a site of another network"


@check("networks: no link was used more often than it may be")
def links_are_counted() -> Iterable[str]:
    query = select(Invitation.id).where(
        Invitation.max_uses.is_not(None), Invitation.uses > Invitation.max_uses
    )
    for invitation_id in db.session.scalars(query):
        yield f"invitation {invitation_id} was used too often"


@check("networks: the norms that hold exist")
def norms_are_there() -> Iterable[str]:
    latest = select(NormsVersion.network_id, func.max(NormsVersion.version))
    newest = {row[0]: row[1] for row in db.session.execute(latest.group_by(NormsVersion.network_id))}
    for network in db.session.scalars(select(Network)):
        if newest.get(network.id) != network.norms_version:
            yield f"network {network.slug} holds to norms that are not the newest"


@check("networks: every norm of a version has a ref of its own")
def norms_have_refs() -> Iterable[str]:
    for version in db.session.scalars(select(NormsVersion).order_by(NormsVersion.id)):
        refs = [norm.get("ref") for norm in version.norms]
        if not all(refs) or len(set(refs)) != len(refs):
            yield f"version {version.version} of the norms of network {version.network_id} cannot be cited"
