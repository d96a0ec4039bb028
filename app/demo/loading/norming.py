"""The demo's norms: an earlier version of them, and a proposal that is being talked over."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from app.core import text
from app.core.db import db
from app.demo.content import When
from app.demo.content.reading import HERE
from app.demo.loading.conversing import add_reply, add_root
from app.demo.loading.stage import Stage
from app.networks.models import Member, Network, NormsVersion
from app.norms.actions import card_of, wished
from app.norms.models import KIND, NormsProposal


def write_norms(stage: Stage, now: datetime) -> list[int]:
    """As the product's own commands would leave it, inside the loader's; gives the ids of the roots."""
    written = HERE / stage.script.slug / "norms.json"
    if not written.exists():
        return []
    script = json.loads(written.read_text(encoding="utf-8"))
    _earlier(stage, script["before"], now)
    return [_proposal(stage, script["proposal"], now)]


def _earlier(stage: Stage, before: dict[str, Any], now: datetime) -> None:
    """What holds becomes version 2, with the refs of the first one kept."""
    holds = db.session.scalars(select(NormsVersion).where(NormsVersion.network_id == stage.network_id)).one()
    first = [
        {**norm, "meaning": before["meanings"].get(norm["title"], norm["meaning"])}
        for norm in holds.norms
        if norm["title"] not in before["without"]
    ]
    at = stage.started
    holds.version, holds.adopted_by_id = 2, stage.casts[0][before["by"]].id
    holds.adopted_at, holds.why = now - timedelta(days=before["days_ago"]), before["why"]
    db.session.flush()
    db.session.add(NormsVersion(network_id=stage.network_id, version=1, norms=first, adopted_at=at))
    network = db.session.get_one(Network, stage.network_id)
    network.settings = {**network.settings, "norms_version": 2}
    # Who was away since is asked at their next visit.
    away = [cast[key].id for cast in stage.casts for key in before["waiting"]]
    accepted = update(Member).where(
        Member.network_id == network.id, Member.norms_version == 1, Member.id.not_in(away)
    )
    db.session.execute(accepted.values(norms_version=2))
    db.session.flush()


def _proposal(stage: Stage, one: dict[str, Any], now: datetime) -> int:
    cast, zone = stage.casts[0], ZoneInfo(stage.script.time_zone)
    at = When(days_ago=one["days_ago"], clock=one["clock"]).at(now, zone)
    network = db.session.get_one(Network, stage.network_id)
    holds = db.session.scalars(
        select(NormsVersion).where(NormsVersion.network_id == network.id, NormsVersion.version == 2)
    ).one()
    rows = [{**norm, **one["reword"].get(norm["title"], {})} for norm in holds.norms]
    changes = wished(network, [*rows, *one["add"]], None)
    commons = stage.spaces["commons", ""]
    html = text.clean(one["html"])
    root = add_root(stage, cast[one["author"]], commons, at, kind=KIND, title=one["title"], html=html)
    root.card = card_of(changes, "open", None, overtaken=False)
    kept = [change.as_json() for change in changes]
    db.session.add(
        NormsProposal(contribution_id=root.id, network_id=network.id, base=2, changes=kept, state="open")
    )
    for reply in one["replies"]:
        said = at + timedelta(minutes=reply["after"])
        add_reply(stage, root, cast[reply["author"]], said, text.clean(reply["html"]))
    return root.id
