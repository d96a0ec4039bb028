"""Changes: the network's synonyms, what was not found, and what the index must look at again."""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.search.changes import note
from app.networks.models import Member, Network
from app.networks.policy import can_change_network, insist
from app.search.models import SearchMiss, SearchSynonyms
from app.search.queries.inside import carriers_of
from app.search.queries.language import Asked
from app.search.queries.misses import KEPT as MISSES_KEPT
from app.search.queries.misses import count_of, forget_oldest, worth_keeping

LONGEST_LIST = 20_000


@command
def change_synonyms(actor: Member, network: Network, lines: str) -> None:
    """Replace the network's list."""
    insist(can_change_network(actor, network))
    own = db.session.get(SearchSynonyms, network.id)
    if own is None:
        db.session.add(SearchSynonyms(network_id=network.id, lines=lines))
    else:
        own.lines = lines


@command
def keep_miss(viewer: Member, asked: Asked) -> None:
    """Count a question that found nothing; who asked is not written down."""
    words = worth_keeping(viewer.network_id, asked)
    if not words:
        return
    known = db.session.scalar(
        select(SearchMiss).where(SearchMiss.network_id == viewer.network_id, SearchMiss.words == words)
    )
    if known is None:
        db.session.add(SearchMiss(network_id=viewer.network_id, words=words))
        if count_of(viewer.network_id) > MISSES_KEPT:
            forget_oldest(viewer.network_id)
    else:
        known.times, known.last_at = known.times + 1, clock.now()


def note_carriers(file_id: int) -> None:
    """Whatever carries a file has more words now, or fewer."""
    note(f"contribution:{number}" for number in carriers_of(file_id))


def note_with_replies(contribution_id: int) -> None:
    """A root and all below it: whether they show depends on it."""
    replies = db.session.scalars(select(Contribution.id).where(Contribution.root_id == contribution_id))
    note(f"contribution:{number}" for number in (contribution_id, *replies))
