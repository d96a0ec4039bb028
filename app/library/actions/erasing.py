"""A person goes: the bodies of what they shared go with it or stay; what is theirs alone always goes."""

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.core import personal
from app.core.db import db
from app.library.actions.requesting import forget_needs
from app.library.actions.using import recount
from app.library.models import Collection, Resource, ResourceSuggestion, ResourceUse, ResourceVersion
from app.networks.models import Member


@personal.erases(floor=5)
def erase_library(account: Account, keep_contributions: bool) -> None:
    """Own collections, suggestions and needs go; without `keep_contributions` also resources, versions, uses,
    and the collections that they shared."""
    members = select(Member.id).where(Member.account_id == account.id)
    db.session.execute(delete(ResourceSuggestion).where(ResourceSuggestion.member_id.in_(members)))
    forget_needs(list(db.session.scalars(members)))
    own = delete(Collection).where(Collection.owner_id.in_(members))
    if keep_contributions:
        db.session.execute(own.where(Collection.space_id.is_(None)))
        return
    db.session.execute(own)
    _erase_uses(list(db.session.scalars(members)))
    written = select(Contribution.id).where(Contribution.author_id.in_(members))
    for model in (ResourceVersion, ResourceSuggestion, Resource):
        db.session.execute(delete(model).where(model.contribution_id.in_(written)))


def _erase_uses(member_ids: list[int]) -> None:
    mine = ResourceUse.member_id.in_(member_ids)
    used = list(db.session.scalars(select(ResourceUse.contribution_id).where(mine).distinct()))
    db.session.execute(delete(ResourceUse).where(mine))
    for contribution in db.session.scalars(select(Contribution).where(Contribution.id.in_(used))):
        recount(contribution)
