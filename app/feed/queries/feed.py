"""The feed: what a viewer's network shared, newest first, a page at a time.

One query finds ids, versions and the numbers of their live streams together, so that nothing
can slip in between; the cards come from the cache by id and version.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select

from app.contributions.models import OUTCOMES, Contribution
from app.contributions.policy import authored_by, in_feed_of, visible_to
from app.contributions.queries.cards import Card, cards, shown_on
from app.contributions.queries.mine import Mine, mine
from app.core.db import db
from app.core.kinds import kinds
from app.core.pages import encode, keyset
from app.core.streams import Stream
from app.networks.models import Member, Site, grade_bit
from app.spaces.models import Space
from app.spaces.policy import AnyViewer, is_place, sees

CARDS = 12
"""Cards on one page of the feed."""


@dataclass(frozen=True)
class Filters:
    """What the feed is narrowed to; every field may be None."""

    kind: str | None = None
    outcome: str | None = None
    grade: int | None = None
    site_id: int | None = None
    driver_id: int | None = None
    unanswered: bool = False
    """Questions that nobody has replied to."""
    space_id: int | None = None

    @property
    def any(self) -> bool:
        narrowed = (self.kind, self.outcome, self.grade, self.site_id, self.driver_id)
        return self.unanswered or any(value is not None for value in narrowed)

    @classmethod
    def from_args(cls, args: Any) -> "Filters":
        """From the address; what makes no sense is left out."""
        kind, outcome = args.get("kind"), args.get("outcome")
        grade = args.get("grade", type=int)
        return cls(
            kind=kind if kind in {k.name for k in kinds.in_feed()} else None,
            outcome=outcome if outcome in OUTCOMES else None,
            grade=grade if grade is not None and 0 <= grade <= 12 else None,
            site_id=_id(args, "school"),
            driver_id=_id(args, "driver"),
            unanswered=args.get("unanswered") == "1",
        )

    def clauses(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = []
        if self.kind:
            wanted.append(Contribution.kind == self.kind)
        if self.outcome:
            wanted.append(Contribution.outcome == self.outcome)
        if self.grade is not None:
            bit = grade_bit(self.grade)
            about = Contribution.grades.op("&")(bit) != 0
            by = Contribution.author_grades.op("&")(bit) != 0
            wanted.append(about | ((Contribution.grades == 0) & by))
        if self.site_id:
            wanted.append(Contribution.author_site_id == self.site_id)
        if self.unanswered:
            wanted += [Contribution.kind == "question", Contribution.reply_count == 0]
        if self.driver_id:
            wanted.append(Contribution.driver_id == self.driver_id)
        if self.space_id:
            wanted.append(Contribution.space_id == self.space_id)
        return wanted


def _id(args: Any, name: str) -> int | None:
    given = args.get(name, type=int)
    return given if given is not None and 0 < given < 2**62 else None


@dataclass(frozen=True)
class FeedPage:
    cards: list[Card]
    mine: Mine
    streams: dict[str, int]
    next: str | None


def schools_of(viewer: Member) -> list[Site]:
    """The schools of the viewer's network, by name, to filter by."""
    query = select(Site).where(Site.network_id == viewer.network_id, Site.kind == "school")
    return list(db.session.scalars(query.order_by(Site.short_name)))


_ANYBODY: Any = AnyViewer()
_SPACE = literal("space:") + cast(Space.id, String)
_SPACE_STREAMS = (
    select(_SPACE.label("name"), func.coalesce(Stream.seq, 0).label("seq"))
    .outerjoin(Stream, Stream.name == _SPACE)
    .where(sees(_ANYBODY), is_place())
    .limit(90)
)


def space_streams(viewer: Member) -> dict[str, int]:
    """The streams of the spaces that `viewer` sees, with their numbers. Read it before the rows."""
    rows = db.session.execute(_SPACE_STREAMS, AnyViewer.is_now(viewer))
    return {row.name: row.seq for row in rows}


@lru_cache(256)
def _shown_to_anybody(filters: Filters) -> Select[*tuple[Any, ...]]:
    """The feed's statement, built once for each set of filters."""
    name = literal("contribution:") + cast(Contribution.id, String)
    return (
        select(
            Contribution.id,
            Contribution.version,
            Contribution.published_at,
            func.coalesce(Stream.seq, 0).label("seq"),
        )
        .outerjoin(Stream, Stream.name == name)
        .where(in_feed_of(_ANYBODY), *filters.clauses())
    )


def feed_page(viewer: Member, filters: Filters, cursor: str | None = None) -> FeedPage:
    """One page of cards with what is the viewer's own about them."""
    by = (Contribution.published_at, Contribution.id)
    query = keyset(_shown_to_anybody(filters), by, cursor, newest_first=True).limit(CARDS + 1)
    rows = list(db.session.execute(query, AnyViewer.is_now(viewer)))
    more, rows = len(rows) > CARDS, rows[:CARDS]
    made = cards([(row.id, row.version) for row in rows])
    shown = [made[row.id] for row in rows if row.id in made]
    return FeedPage(
        cards=shown,
        mine=mine(viewer, shown_on(shown)),
        streams={f"contribution:{row.id}": row.seq for row in rows},
        next=encode((rows[-1].published_at, rows[-1].id)) if more else None,
    )


def helpful_failure(viewer: Member) -> Contribution | None:
    """A test that did not work and that most colleagues learned from, of those the viewer sees."""
    query = _shared(viewer).where(Contribution.outcome == "did_not_work")
    learned = (Contribution.learned_count + Contribution.thanks_count).desc()
    found: Contribution | None = db.session.scalar(query.order_by(learned, Contribution.id.desc()).limit(1))
    return found


def shared_by(viewer: Member, member: Member, limit: int = 10) -> list[Contribution]:
    """What a member shared under their name, newest first, as far as the viewer sees it."""
    query = _shared(viewer).where(authored_by(member))
    newest = (Contribution.published_at.desc(), Contribution.id.desc())
    return list(db.session.scalars(query.order_by(*newest).limit(limit)))


def _shared(viewer: Member) -> Select[Any]:
    wanted = (Contribution.root_id.is_(None), Contribution.state == "published", visible_to(viewer))
    return select(Contribution).where(*wanted, Contribution.kind != "conversation")
