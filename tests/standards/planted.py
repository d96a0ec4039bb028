"""A standard that a contribution names, whatever state it is in and whoever looks."""

from sqlalchemy import select

from app.contributions.models import Contribution, ContributionStandard
from app.core.db import db
from app.networks.models import Network
from app.networks.policy import OPERATOR
from app.standards.actions import import_packages
from app.standards.models import Standard
from app.standards.queries import standards_of_code
from app.standards.queries.case import read_packages
from tests.standards.packages import package, sent


def named_by(post: Contribution) -> list[int]:
    """The ids of the standard and of its parent; planted at the first call."""
    named = select(ContributionStandard.standard_id).where(ContributionStandard.contribution_id == post.id)
    standard_id = db.session.scalar(named)
    if standard_id is None:
        network = db.session.get_one(Network, post.network_id)
        import_packages(OPERATOR, read_packages(sent(package())), network)
        (standard,) = standards_of_code(post.network_id, "6.SP.B.4")
        db.session.add(ContributionStandard(contribution_id=post.id, standard_id=standard.id))
        db.session.commit()
        standard_id = standard.id
    above = db.session.get_one(Standard, standard_id).parent_id
    return [standard_id, *([above] if above else [])]
