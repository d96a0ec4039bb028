"""The stamp "stays in this space": its author says that it goes no further, and everything obeys.

Rules: the stamp is the root's, and holds for all that is under it. It can be lifted only while nobody else
has written there: what others said under it was said under it; and of a copy only while its sources are not
stamped. `policy.may_leave` is what verbs ask.
"""

from sqlalchemy import select

from app.contributions.events import ContributionEdited, ContributionKept
from app.contributions.models import Contribution
from app.contributions.policy import can_stamp, require
from app.contributions.queries import get_root
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member


@command
def stamp(actor: Member, root: Contribution, *, stays: bool) -> Contribution:
    """Keep it in its space, or let it be shared further again. Raises NotFound, Forbidden."""
    # The root's row is the lock: no reply comes between the look and the lifting.
    db.session.execute(select(Contribution.id).where(Contribution.id == root.id).with_for_update())
    root = get_root(actor, root.id)
    require(can_stamp(actor, root, stays=stays))
    if root.stays == stays:
        return root
    root.stays = stays
    root.version += 1
    db.session.flush()
    if stays:
        publish(ContributionKept(root.id, root.space_id))
    publish(ContributionEdited(root.id, root.space_id))
    return root
