"""Proposals as a viewer reaches them: through their contribution, as everything that is shared."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.contributions.queries import get_root
from app.core import personal
from app.core.access import NotFound
from app.core.db import db
from app.core.doctor import check
from app.networks.models import Change, Member, change_from
from app.norms.models import KIND, NormsProposal

LISTED = 20


def get_proposal(viewer: Member, contribution_id: int) -> tuple[Contribution, NormsProposal]:
    """A published proposal. Raises NotFound."""
    root = get_root(viewer, contribution_id)
    found = db.session.get(NormsProposal, root.id)
    if found is None or root.state != "published":
        raise NotFound
    return root, found


def proposal_of(root: Contribution) -> NormsProposal | None:
    """The proposal that a root is, while it shows; the caller has made sure that the viewer sees it."""
    return db.session.get(NormsProposal, root.id) if root.state == "published" else None


def open_proposals(viewer: Member) -> Sequence[NormsProposal]:
    """Those that nobody has answered, the liveliest talk first."""
    query = (
        select(NormsProposal)
        .join(NormsProposal.contribution)
        .options(contains_eager(NormsProposal.contribution))
        .where(NormsProposal.network_id == viewer.network_id, NormsProposal.state == "open")
        .where(Contribution.state == "published", visible_to(viewer))
        .order_by(Contribution.active_at.desc(), Contribution.id.desc())
    )
    return list(db.session.scalars(query.limit(LISTED)))


def changes_on(card: Any) -> list[Change]:
    """What a proposal's card says that it would change."""
    return [change_from(change) for change in (card or {}).get("changes", [])]


@check("norms: proposals are whole")
def proposals_are_whole() -> Iterable[str]:
    query = select(Contribution.id).outerjoin(NormsProposal).where(Contribution.kind == KIND)
    for number in db.session.scalars(
        query.where(Contribution.state == "published", NormsProposal.contribution_id.is_(None))
    ):
        yield f"proposal {number} does not say what it would change"
    adopted = select(NormsProposal.contribution_id).where(
        NormsProposal.state == "adopted", NormsProposal.version.is_(None)
    )
    for number in db.session.scalars(adopted):
        yield f"proposal {number} was adopted, and became no version"


@personal.exports("norms")
def proposals_of(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """What they proposed, for each network; its reasons and its talk are among their contributions."""
    for member in db.session.scalars(select(Member).where(Member.account_id == account.id)):
        query = select(NormsProposal).join(NormsProposal.contribution)
        found = db.session.scalars(query.where(Contribution.author_id == member.id).order_by(Contribution.id))
        yield (
            f"{member.network.slug}/proposals.json",
            [
                {"id": one.contribution_id, "changes": one.changes, "answer": one.state, "word": one.word}
                for one in found
            ],
        )
