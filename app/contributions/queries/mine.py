"""What is the viewer's own about the cards on screen: one small JSON, never in a card."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, String, bindparam, cast, literal, select, union_all
from sqlalchemy.orm import joinedload

from app.contributions.models import Commitment, Contribution, Reaction, ReadPlace, Save
from app.contributions.policy import seals_match, visible_to
from app.contributions.queries.reading import SHOWN_SEQ
from app.core.addresses import path_for
from app.core.db import db
from app.core.kinds import kinds
from app.core.pages import Page, encode, keyset
from app.networks.models import Block, Member


@dataclass
class Mine:
    """Ids: `authored`, `saved`, `trying` (commitment id by contribution), reactions by kind.

    `folded` are the members whom the viewer blocked: what they share is folded away for this viewer.
    `unread` is how many positions of a root came since the viewer's place in it.
    """

    authored: list[int] = field(default_factory=list)
    saved: list[int] = field(default_factory=list)
    trying: dict[int, str] = field(default_factory=dict)
    reactions: dict[int, list[str]] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    folded: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "authored": self.authored,
            "saved": self.saved,
            "trying": self.trying,
            "reactions": self.reactions,
            **({"unread": self.unread} if self.unread else {}),
            **({"folded": self.folded} if self.folded else {}),
        }


def telling(slug: str, contribution: Contribution) -> str:
    """The path to where one says how it went: a form of its kind's own, or a *tried it* on it."""
    endpoint = kinds.telling_of(contribution.kind)
    if endpoint is not None:
        return path_for(endpoint, network=slug, contribution_id=contribution.id)
    return path_for("posts.compose", network=slug, kind="tried_it", about=contribution.id)


_ME: BindParameter[int] = bindparam("me")
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_MINE: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        literal("react").label("what"), Reaction.contribution_id.label("id"), Reaction.kind.label("how")
    ).where(Reaction.member_id == _ME, Reaction.contribution_id.in_(_IDS)),
    select(literal("save"), Save.contribution_id, literal("")).where(
        Save.member_id == _ME, Save.contribution_id.in_(_IDS)
    ),
    select(literal("try"), Commitment.contribution_id, Commitment.state).where(
        Commitment.member_id == _ME, Commitment.contribution_id.in_(_IDS)
    ),
    select(literal("wrote"), Contribution.id, literal("")).where(
        Contribution.author_id == _ME, Contribution.id.in_(_IDS)
    ),
    select(literal("seal"), Contribution.id, Contribution.seal).where(
        Contribution.seal.is_not(None), Contribution.id.in_(_IDS)
    ),
    select(literal("place"), Contribution.id, cast(SHOWN_SEQ - ReadPlace.position, String)).where(
        ReadPlace.contribution_id == Contribution.id,
        ReadPlace.member_id == _ME,
        Contribution.id.in_(_IDS),
        SHOWN_SEQ > ReadPlace.position,
    ),
    select(literal("fold"), Block.blocked_id, literal("")).where(Block.member_id == _ME),
)
"""Built once: making a statement costs more than running this one."""


def mine(viewer: Member, ids: Sequence[int]) -> Mine:
    """What `viewer` did with the contributions `ids`, in one query."""
    found = Mine()
    if not ids:
        return found
    rows = db.session.execute(_MINE, {"me": viewer.id, "ids": list(ids)})
    for what, contribution_id, how in rows:
        if what == "react":
            found.reactions.setdefault(contribution_id, []).append(how)
        elif what == "save":
            found.saved.append(contribution_id)
        elif what == "try":
            found.trying[contribution_id] = how
        elif what == "fold":
            found.folded.append(contribution_id)
        elif what == "place":
            found.unread[contribution_id] = int(how)
        elif what != "seal" or seals_match(viewer, contribution_id, how):
            found.authored.append(contribution_id)
    return found


def commitments_of(viewer: Member, state: str | None = "open", limit: int = 50) -> list[Commitment]:
    """What `viewer` said they would try, soonest first, as far as they still see it."""
    query = (
        select(Commitment)
        .join(Contribution, Contribution.id == Commitment.contribution_id)
        .where(Commitment.member_id == viewer.id, Contribution.state == "published", visible_to(viewer))
        .options(joinedload(Commitment.contribution).joinedload(Contribution.author))
        .order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id.desc())
    )
    if state is not None:
        query = query.where(Commitment.state == state)
    return list(db.session.scalars(query.limit(limit)))


def saved_by(viewer: Member, cursor: str | None = None, size: int = 20) -> Page[Contribution]:
    """What `viewer` saved, newest save first, as far as they still see it."""
    query = (
        select(Contribution, Save.created_at, Save.contribution_id)
        .join(Save, Save.contribution_id == Contribution.id)
        .where(Save.member_id == viewer.id, Contribution.state == "published", visible_to(viewer))
        .options(joinedload(Contribution.author))
    )
    by = (Save.created_at, Save.contribution_id)
    rows = list(db.session.execute(keyset(query, by, cursor, newest_first=True).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    return Page([row[0] for row in rows], encode(rows[-1][1:]) if more else None)


def has_shared(viewer: Member) -> bool:
    """Whether the viewer has ever shared or answered anything in this network."""
    written = select(Contribution.id).where(Contribution.author_id == viewer.id)
    return db.session.scalar(written.limit(1)) is not None
