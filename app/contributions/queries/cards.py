"""Cards: a root as the feed shows it, neutral in viewer, cached by id, version and language.

Whatever changes what a card shows makes its contribution's `version` grow, in the same
transaction; so a cached card can be used without asking anything but id and version.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache
from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy import Row, exists, select

from app.contributions.models import Contribution, Pin
from app.contributions.queries.replies import grouped, latest_replies
from app.core import maths
from app.core.db import db
from app.core.kinds import kinds
from app.networks.models import Driver, Member, Network, Site
from app.spaces.models import Space

CACHED = 4000
"""Cards that one process keeps, a few kilobytes each."""


@dataclass(frozen=True)
class Card:
    """A rendered card; `ids` are the contribution itself and the replies that it shows."""

    html: Markup
    ids: tuple[int, ...]

    def __html__(self) -> Markup:
        return self.html

    def __str__(self) -> str:
        return str(self.html)


_cache: LRUCache[tuple[int, int, str], Card] = LRUCache(CACHED)

CARD_COLUMNS = (
    Contribution.id,
    Contribution.space_id,
    Contribution.kind,
    Contribution.state,
    Contribution.state_reason,
    Contribution.title,
    Contribution.html,
    Contribution.card,
    Contribution.outcome,
    Contribution.grades,
    Contribution.reports_on_id,
    Contribution.driver_id,
    Contribution.locked,
    Contribution.stays,
    Contribution.answer_id,
    Contribution.author_id,
    Contribution.author_role,
    Contribution.author_grades,
    Contribution.reply_count,
    Contribution.thanks_count,
    Contribution.same_here_count,
    Contribution.learned_count,
    Contribution.try_count,
    Contribution.version,
    Contribution.published_at,
    Contribution.edited_at,
    Contribution.seal.is_not(None).label("sealed"),
    exists()
    .where(Pin.contribution_id == Contribution.id, Pin.space_id == Contribution.space_id)
    .correlate(Contribution)
    .label("pinned"),
    Network.slug.label("network"),
    Member.name.label("author_name"),
    Member.photo_key.label("author_photo"),
    Site.short_name.label("author_site"),
    Driver.name.label("driver_name"),
    Space.name.label("space_name"),
    Space.kind.label("space_kind"),
)


def card_rows(ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    """The rows behind cards, in no order. The caller has checked that the viewer may see them."""
    query = (
        select(*CARD_COLUMNS)
        .select_from(Contribution)
        .join(Space, Space.id == Contribution.space_id)
        .join(Network, Network.id == Contribution.network_id)
        .outerjoin(Member, Member.id == Contribution.author_id)
        .outerjoin(Site, Site.id == Contribution.author_site_id)
        .outerjoin(Driver, Driver.id == Contribution.driver_id)
        .where(Contribution.id.in_(ids))
    )
    return list(db.session.execute(query))


def cards(versions: Iterable[tuple[int, int]]) -> dict[int, Card]:
    """Cards by id, for pairs of id and version that the viewer may see."""
    language = str(get_locale() or "en")
    found: dict[int, Card] = {}
    missing: list[int] = []
    for contribution_id, version in versions:
        card = _cache.get((contribution_id, version, language))
        if card is None:
            missing.append(contribution_id)
        else:
            found[contribution_id] = card
    if missing:
        found.update(_render(missing, language))
    return found


def shown_on(made: Iterable[Card]) -> list[int]:
    """Every contribution that these cards show, replies too: what `mine` is asked about."""
    return [contribution_id for card in made for contribution_id in card.ids]


def _render(ids: Sequence[int], language: str) -> dict[int, Card]:
    rows = card_rows(ids)
    replies = latest_replies(ids)
    made = {}
    for row in rows:
        shown, before = replies.get(row.id, []), maths.cut_so_far()
        made[row.id] = Card(render_card(row, shown), (row.id, *(reply.id for reply in shown)))
        if maths.cut_so_far() == before:
            _cache[(row.id, row.version, language)] = made[row.id]
    return made


def render_card(row: Row[*tuple[Any, ...]], replies: Sequence[Row[*tuple[Any, ...]]]) -> Markup:
    """One card with the newest of its replies."""
    return Markup(  # noqa: S704 - the output of our own template
        render_template(
            "contributions/_card.html",
            post=row,
            kind=kinds.get(row.kind),
            replies=grouped(replies),
            earlier=row.reply_count - len(replies),
        )
    )


def card_row(contribution_id: int) -> Row[*tuple[Any, ...]] | None:
    """The row of one card, while it is published; for the live stream."""
    rows = [row for row in card_rows([contribution_id]) if row.state == "published"]
    return rows[0] if rows else None


def forget_cards() -> None:
    """Empty the cache (tests, and a changed template in development)."""
    _cache.clear()
