"""A network's import: asked for in a request, read by the worker, looked at by a person, and only then
written.

States: *waiting* (to be read) → *ready* (the preview is there) → *taking* (a person said so) → *done*;
*failed* with a reason from anywhere, *dropped* by a person. The bytes stay
in the store until the last of these.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member, Network
from app.networks.policy import OPERATOR, insist
from app.standards import policy
from app.standards.actions.importing import AlreadyShared, import_packages
from app.standards.events import ImportAsked, ImportDropped, ImportTaken
from app.standards.models import FrameworkImport
from app.standards.queries.case import NotAPackage, Package

LONGEST_SOURCE = 1000


@command
def ask_for_import(actor: Member, network: Network, *, source: str, blob_key: str | None) -> FrameworkImport:
    """Have a file (its bytes under `blob_key`), or else the address `source`, looked at. Raises Forbidden."""
    insist(policy.can_import(actor, network))
    asked = FrameworkImport(network_id=network.id, source=source[:LONGEST_SOURCE], blob_key=blob_key)
    db.session.add(asked)
    db.session.flush()
    publish(ImportAsked(asked.id))
    return asked


@command
def show_import(import_id: int, plans: Sequence[Mapping[str, Any]], blob_key: str) -> None:
    """What taking it would do (`queries.previewing`): a person looks at it now. The bytes are under
    `blob_key`."""
    asked = db.session.get(FrameworkImport, import_id)
    if asked is not None and asked.state == "waiting":
        asked.report = {"plans": [dict(plan) for plan in plans]}
        asked.state, asked.blob_key = "ready", blob_key


@command
def take_import(
    actor: Member, asked: FrameworkImport, left_out: Mapping[str, Mapping[str, Any]]
) -> FrameworkImport:
    """Bring it in, without what `left_out` names of each list. Raises Forbidden, and NotFound where it does
    not wait for that."""
    asked = _mine(actor, asked.id)
    if asked.state != "ready":
        raise NotFound
    asked.state = "taking"
    asked.report = {**asked.report, "left_out": {name: dict(wish) for name, wish in left_out.items()}}
    publish(ImportTaken(asked.id))
    return asked


@command
def drop_import(actor: Member, asked: FrameworkImport) -> None:
    """It was not what was wanted: nothing comes in. Raises Forbidden, NotFound."""
    asked = _mine(actor, asked.id)
    if asked.state != "ready":
        raise NotFound
    publish(ImportDropped(asked.blob_key or ""))
    _done(asked, "dropped", {})


def _mine(actor: Member, import_id: int) -> FrameworkImport:
    insist(policy.can_import(actor, actor.network))
    asked = db.session.get(FrameworkImport, import_id, with_for_update=True)
    if asked is None or asked.network_id != actor.network_id:
        raise NotFound
    return asked


@command
def finish_import(
    import_id: int, packages: Sequence[Package] | None, reason: str = "", where: str = ""
) -> None:
    """Write what was taken, and how it went; `packages` is None where nothing could be read, for `reason`."""
    asked = db.session.get(FrameworkImport, import_id)
    if asked is None or asked.state not in ("waiting", "taking"):
        return
    network = db.session.get_one(Network, asked.network_id)
    try:
        if packages is None:
            raise NotAPackage(reason, where)
        with db.session.begin_nested():
            reports = import_packages(OPERATOR, packages, network, asked.report.get("left_out"))
        _done(asked, "done", {"frameworks": [report.as_json for report in reports]})
        asked.framework_id = reports[0].framework_id
    except NotAPackage as refused:
        _done(asked, "failed", {"reason": refused.reason, "where": refused.where})
    except AlreadyShared:
        _done(asked, "failed", {"reason": "already_shared"})


def _done(asked: FrameworkImport, state: str, report: dict[str, Any]) -> None:
    asked.state, asked.report, asked.done_at, asked.blob_key = state, report, clock.now(), None
