"""A network's import: asked for in a request, done by the worker, told on the page."""

from collections.abc import Sequence
from typing import Any

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member, Network
from app.networks.policy import OPERATOR, insist
from app.standards import policy
from app.standards.actions.importing import AlreadyShared, import_packages
from app.standards.events import ImportAsked
from app.standards.models import FrameworkImport
from app.standards.queries.case import NotAPackage, Package

LONGEST_SOURCE = 1000


@command
def ask_for_import(actor: Member, network: Network, *, source: str, blob_key: str | None) -> FrameworkImport:
    """Have a file (its bytes under `blob_key`), or else the address `source`, imported. Raises Forbidden."""
    insist(policy.can_import(actor, network))
    asked = FrameworkImport(network_id=network.id, source=source[:LONGEST_SOURCE], blob_key=blob_key)
    db.session.add(asked)
    db.session.flush()
    publish(ImportAsked(asked.id))
    return asked


@command
def finish_import(import_id: int, packages: Sequence[Package] | None, reason: str = "") -> None:
    """Write what was read, and how it went; `packages` is None where nothing could be read, for `reason`."""
    asked = db.session.get(FrameworkImport, import_id)
    if asked is None or asked.state != "waiting":
        return
    network = db.session.get_one(Network, asked.network_id)
    try:
        if packages is None:
            raise NotAPackage(reason)
        with db.session.begin_nested():
            reports = import_packages(OPERATOR, packages, network)
        _done(asked, "done", {"frameworks": [report.as_json for report in reports]})
        asked.framework_id = reports[0].framework_id
    except NotAPackage as refused:
        _done(asked, "failed", {"reason": refused.reason})
    except AlreadyShared:
        _done(asked, "failed", {"reason": "already_shared"})


def _done(asked: FrameworkImport, state: str, report: dict[str, Any]) -> None:
    asked.state, asked.report, asked.done_at, asked.blob_key = state, report, clock.now(), None
