"""What was shared without a name: where that is offered, and what of it is one's own.

Rules: whose something is, only its seal says, and only to whoever asks with their own number; so one's own
are found by looking at every sealed one of the network. They are few.
Neighbours: `core.seals` has the key and the store; `policy.seals_match` compares.
"""

from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import select

from app.contributions.models import Contribution
from app.contributions.policy import seals_match, visible_to
from app.core import seals
from app.core.db import db
from app.networks.models import Member
from app.networks.policy import has_sealed, lets_seal
from app.networks.queries import acting_hub
from app.spaces.queries.writers import writers_in

WRITERS_AT_LEAST = 5
"""So many people could have written it, or it is not offered: fewer hide nobody."""
HUB_AT_LEAST = 2
"""So many of the hub open a seal together, or nobody could."""
SHOWN = 100


def spaces_to_seal_in(viewer: Member, space_ids: Iterable[int]) -> set[int]:
    """Those of the spaces in which `viewer` may share without their name now."""
    wanted = list(space_ids)
    if not wanted or not lets_seal(viewer.network) or seals.trouble() is not None:
        return set()
    if acting_hub(viewer.network_id) < HUB_AT_LEAST:
        return set()
    return {space_id for space_id, count in writers_in(wanted).items() if count >= WRITERS_AT_LEAST}


def hides_somebody(space_id: int) -> bool:
    """Whether enough people could have written something in a space that it does not tell who did."""
    return writers_in([space_id]).get(space_id, 0) >= WRITERS_AT_LEAST


def own_sealed_ids(member: Member) -> list[int]:
    """Everything that `member` wrote without their name, replies too, in order."""
    if not has_sealed(member.network):
        return []
    sealed = select(Contribution.id, Contribution.seal).where(
        Contribution.network_id == member.network_id, Contribution.seal.is_not(None)
    )
    rows = db.session.execute(sealed.order_by(Contribution.id))
    return [row.id for row in rows if seals_match(member, row.id, row.seal or "")]


def own_sealed(viewer: Member) -> list[Contribution]:
    """What `viewer` began without their name and sees now, the newest first."""
    mine = own_sealed_ids(viewer)
    query = select(Contribution).where(
        Contribution.id.in_(mine),
        Contribution.root_id.is_(None),
        Contribution.state.in_(("published", "held")),
        visible_to(viewer),
    )
    newest = (Contribution.published_at.desc(), Contribution.id.desc())
    return list(db.session.scalars(query.order_by(*newest).limit(SHOWN)))


def with_new_letters(members: Iterable[Member]) -> list[Member]:
    """Those of one person's members for whom a letter lies in the sealed store, unread.

    A store that cannot be opened, as on a full disk, keeps nobody from their pages.
    """
    return [member for member in members if has_sealed(member.network) and _letter_waits(member)]


def _letter_waits(member: Member) -> bool:
    with suppress(seals.NotReady):
        return seals.letters_waiting(letterbox_of(member)) > 0
    return False


def letterbox_of(member: Member) -> str:
    """The mark under which letters to `member` lie in the store. Raises seals.NotReady."""
    return seals.mark("letters", member.id)
