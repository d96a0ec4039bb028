"""Adapt this: a copy with its line, under a licence that all its sources allow.

Rules: what may not be changed is not copied; a copy goes where all its sources could be read anyway; files
are stored once more, so that the copy lives on when its source is taken back.
"""

from collections.abc import Sequence

from app.contributions.actions import end_draft
from app.contributions.actions.once import again_if_raced
from app.contributions.models import Contribution
from app.contributions.policy import may_leave, require
from app.core.command import command
from app.core.db import db, forbid_while_writing
from app.core.files import Missing, files
from app.core.files.quota import require_room
from app.library.actions.adding import Said, add_resource
from app.library.models import Adaptation, Resource, what_fits
from app.library.policy import can_adapt, may_go_to
from app.library.queries import get_resource
from app.networks.models import Member
from app.spaces.models import Space


class Clash(ValueError):
    """The licences of the sources, or the one that was chosen, do not allow this copy."""


class NotThere(ValueError):
    """A source's words may not be carried into this space."""


def copy_files(actor: Member, source: Contribution, keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """Store those files of `source` (which the actor sees) again as the actor's own; keys and alts.

    Outside a command. Raises StorageFull, Missing.
    """
    forbid_while_writing("copying files")
    made, alts = [], []
    for carried in source.card.get("files", []):
        if carried["key"] not in keys:
            continue
        row = files.find(carried["key"])
        if row is None or row.state != "ready":
            raise Missing(carried["key"])
        require_room(actor.id, actor.network_id, carried["size"])
        with files.open(carried["key"]) as content:
            stored = files.put(
                content,
                name=carried["name"],
                media_type=carried["type"],
                scope="contribution",
                network_id=actor.network_id,
                uploader_id=actor.id,
            )
        made.append(stored.key)
        alts.append(carried.get("alt", ""))
    return made, alts


def drop_copies(keys: Sequence[str]) -> None:
    """There is no copy to carry them. Outside a command."""
    for key in keys:
        files.delete(key)


@again_if_raced
@command
def adapt(
    actor: Member,
    sources: Sequence[Contribution],
    space: Space,
    said: Said,
    *,
    changed: str,
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    sent: Sequence[str] | None = None,
    stays: bool = False,
    key: str | None = None,
) -> Contribution:
    """Add a copy made of `sources`. Raises Clash, NotThere, NotFound, Forbidden, and what adding raises."""
    found = [get_resource(actor, source.id) for source in sources]
    require(all(can_adapt(actor, source) for source, _body in found))
    if said.body["licence"] not in what_fits([body.licence for _source, body in found]):
        raise Clash
    if not all(may_go_to(source, space) for source, _body in found):
        raise NotThere
    # What comes of something that stays in its space stays there too.
    stays = stays or not all(may_leave(source) for source, _body in found)
    made = add_resource(
        actor, space, said, file_keys=file_keys, file_alts=file_alts, key=key, sent=sent, stays=stays
    )
    for source, body in found:
        _tie(made, source, body, changed)
    end_draft(actor, "copy", f"about:{sources[0].id}")
    return made


def _tie(made: Contribution, source: Contribution, body: Resource, changed: str) -> None:
    if db.session.get(Adaptation, (made.id, source.id)) is None:
        db.session.add(
            Adaptation(
                contribution_id=made.id, source_id=source.id, source_version=body.version, changed=changed
            )
        )
        db.session.flush()
