"""What is about to be shared: a *piece* is what a kind hands over once it has checked its own fields (title,
clean HTML, the small card), and a *row* is who shares what kind of thing, where and when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.contributions.actions.asking import words_on_card
from app.contributions.models import Contribution
from app.core import clock, text
from app.networks.models import Member
from app.spaces.models import Space


@dataclass(frozen=True)
class Piece:
    """`html` is clean; `card` is small JSON for the card; `raw` is what the client sent."""

    kind: str
    html: str
    title: str = ""
    text: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    grades: int = 0
    driver_id: int | None = None
    file_keys: Sequence[str] = ()
    file_alts: Sequence[str] = ()
    reports_on_id: int | None = None
    stays: bool = False
    """Whether it is stamped "stays in this space"."""
    sealed: bool = False
    """Whether it goes without its author's name; its files were written anew before (`take_names_out`)."""
    raw: Any = None

    @property
    def said(self) -> str:
        """Its plain text."""
        return self.text or text.plain(self.html)

    @property
    def words(self) -> list[str]:
        """All that its author is asked about before it goes out."""
        return [self.title, self.said, *words_on_card(self.card), *self.file_alts]

    @property
    def sent(self) -> Any:
        """What the client sent, by which a repeat is known."""
        body = {"kind": self.kind, "html": self.html} if self.raw is None else self.raw
        return [body, "stays"] if self.stays else body


def new_row(author: Member | None, space: Space, kind: str) -> Contribution:
    """The row with its author as they are today: role, site and grades are kept. None: it will be sealed."""
    now = clock.now()
    return Contribution(
        network_id=space.network_id,
        space_id=space.id,
        space=space,
        kind=kind,
        author_id=author.id if author else None,
        author_role=author.role if author else None,
        author_site_id=author.site_id if author else None,
        author_grades=author.grades if author else 0,
        state="published",
        card={},
        published_at=now,
        created_at=now,
        active_at=now,
    )
