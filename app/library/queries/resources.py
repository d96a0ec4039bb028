"""One resource as a viewer reaches it: its body, versions, where it came from and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.contributions.models import Contribution
from app.contributions.policy import keeps_stamped, visible_to
from app.contributions.queries import get_root
from app.core.access import NotFound
from app.core.db import db
from app.core.maths import line_read
from app.library.models import KIND, Adaptation, Resource, ResourceVersion, licence_of
from app.library.policy import is_resource
from app.networks.models import Driver, Member
from app.networks.queries import drivers_of
from app.spaces.models import Space
from app.spaces.policy import can_share_in
from app.spaces.queries import my_spaces

SHOWN = 30
WITH_ITS_AUTHOR = "account deleted"
"""The reason of a contribution that was erased with the account."""


def get_resource(viewer: Member, contribution_id: int) -> tuple[Contribution, Resource]:
    """A published resource with its body. Raises NotFound for everything else."""
    found = get_root(viewer, contribution_id)
    body = db.session.get(Resource, found.id) if is_resource(found) else None
    if body is None:
        raise NotFound
    return found, body


def versions_of(viewer: Member, contribution: Contribution) -> list[ResourceVersion]:
    """The newest first. Raises NotFound for a resource that the viewer may not see, or no more."""
    get_resource(viewer, contribution.id)
    query = select(ResourceVersion).where(ResourceVersion.contribution_id == contribution.id)
    query = query.options(joinedload(ResourceVersion.made_by), selectinload(ResourceVersion.files))
    return list(db.session.scalars(query.order_by(ResourceVersion.number.desc()).limit(200)))


def get_version(viewer: Member, contribution: Contribution, number: int) -> ResourceVersion:
    """Raises NotFound."""
    get_resource(viewer, contribution.id)
    query = select(ResourceVersion).where(
        ResourceVersion.contribution_id == contribution.id, ResourceVersion.number == number
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Kin:
    """Another resource in the line; `changed` is what was changed on the way."""

    contribution: Contribution
    changed: str
    licence: str = ""
    authors: str = ""

    @property
    def title(self) -> str:
        return self.contribution.title


@dataclass(frozen=True)
class Gone:
    """A source that went with its author; what its licence asks to be named was kept."""

    title: str
    authors: str
    licence: str


@dataclass(frozen=True)
class Lineage:
    """`hidden` counts sources that the viewer cannot see (any more)."""

    sources: Sequence[Kin]
    copies: Sequence[Kin]
    gone: Sequence[Gone]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.sources or self.copies or self.gone or self.hidden)

    @property
    def is_copy(self) -> bool:
        """Whether it was made of something else."""
        return bool(self.sources or self.gone or self.hidden)

    @property
    def named(self) -> Sequence[Kin | Gone]:
        """What the line of a copy names."""
        return [*self.sources, *self.gone]


def lineage_of(viewer: Member, contribution: Contribution) -> Lineage:
    """Where it came from and what came of it, as far as the viewer sees."""
    sources = _kin(viewer, Adaptation.source_id, Adaptation.contribution_id == contribution.id)
    copies = _kin(viewer, Adaptation.contribution_id, Adaptation.source_id == contribution.id)
    every = select(Adaptation.source_id).where(Adaptation.contribution_id == contribution.id)
    gone = gone_sources([contribution.id]).get(contribution.id, [])
    hidden = len(list(db.session.scalars(every))) - len(sources) - len(gone)
    return Lineage(sources, copies, gone, hidden)


def is_copy(contribution: Contribution) -> bool:
    """Whether it was made of something else."""
    made = select(Adaptation.contribution_id).where(Adaptation.contribution_id == contribution.id).limit(1)
    return db.session.scalar(made) is not None


@keeps_stamped
def is_of_what_stays(contribution: Contribution) -> bool:
    """Whether something that it was made of stays in its space: then the copy does too."""
    query = select(Adaptation.contribution_id).join(Contribution, Contribution.id == Adaptation.source_id)
    query = query.where(Adaptation.contribution_id == contribution.id, Contribution.stays)
    return db.session.scalar(query.limit(1)) is not None


def gone_sources(ids: Sequence[int]) -> dict[int, list[Gone]]:
    """The sources of each that went with their authors. What was only taken back is not named any more."""
    query = (
        select(Adaptation)
        .join(Contribution, Contribution.id == Adaptation.source_id)
        .where(
            Adaptation.contribution_id.in_(ids),
            Adaptation.source_title != "",
            Contribution.state == "removed",
            Contribution.state_reason == WITH_ITS_AUTHOR,
        )
        .order_by(Adaptation.contribution_id, Adaptation.source_id)
    )
    found: dict[int, list[Gone]] = {}
    for one in db.session.scalars(query):
        kept = Gone(one.source_title, one.source_authors, one.source_licence)
        found.setdefault(one.contribution_id, []).append(kept)
    return found


def _kin(viewer: Member, end: Any, link: Any) -> list[Kin]:
    query = (
        select(Contribution, Adaptation.changed, Resource.licence, Resource.authors)
        .join(Adaptation, end == Contribution.id)
        .join(Resource, Resource.contribution_id == Contribution.id)
        .where(link, Contribution.state == "published", visible_to(viewer))
        .options(joinedload(Contribution.author))
        .order_by(Contribution.published_at.desc(), Contribution.id.desc())
        .limit(SHOWN)
    )
    return [Kin(*row) for row in db.session.execute(query)]


def sources_of(contribution_id: int) -> list[str]:
    """The licences of all that it was made of, seen or not, there or gone: what a copy of it must keep to."""
    query = (
        select(Adaptation.source_licence, Resource.licence)
        .outerjoin(Resource, Resource.contribution_id == Adaptation.source_id)
        .where(Adaptation.contribution_id == contribution_id)
        .order_by(Adaptation.source_id)
    )
    return [then or now for then, now in db.session.execute(query) if then or now]


def attribution_of(
    title: str, authors: str, licence: str, address: str, sources: Sequence[Kin | Gone] = ()
) -> str:
    """The line that goes with a copy: title, author, source, licence; and what it was made from."""
    known = licence_of(licence)
    parts = [
        f"“{line_read(title)}”",
        authors,
        address,
        " ".join(part for part in (known.name, known.uri) if part),
    ]
    line = ", ".join(part for part in parts if part)
    named = [(f"“{line_read(kin.title)}”", kin.authors, licence_of(kin.licence).name) for kin in sources]
    before = "; ".join(", ".join(part for part in parts if part) for parts in named)
    return _("%(line)s. Adapted from %(before)s", line=line, before=before) if before else line


def default_licence(viewer: Member) -> str:
    """What the network has chosen for new resources."""
    chosen = str(viewer.network.settings.get("licence", ""))
    return licence_of(chosen).code if chosen else "CC-BY-4.0"


def spaces_to_fill(viewer: Member, asked: Space | None = None) -> list[Space]:
    """Where the viewer may add: the whole network first, because that is what a library is for."""
    spaces = my_spaces(viewer)
    if asked is not None and asked.id not in [space.id for space in spaces]:
        spaces.append(asked)
    return [space for space in spaces if can_share_in(viewer, space)]


def drivers_to_name(viewer: Member, named: Driver | None = None) -> list[Driver]:
    """The network's list, with the one that is named already when it is off the list now."""
    drivers = drivers_of(viewer.network)
    return [named, *drivers] if named is not None and named not in drivers else drivers


def resources_by(viewer: Member, limit: int = 30) -> list[Contribution]:
    """The viewer's own, the newest first: what they may answer a request with."""
    query = select(Contribution).where(
        Contribution.kind == KIND,
        Contribution.author_id == viewer.id,
        Contribution.state == "published",
        visible_to(viewer),
    )
    return list(
        db.session.scalars(
            query.order_by(Contribution.published_at.desc(), Contribution.id.desc()).limit(limit)
        )
    )
