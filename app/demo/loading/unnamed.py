"""One failure that somebody told without their name, with the answers that it got.

Inside the loader's command, after the bulk, as sharing itself would leave it: the store first.
"""

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.contributions.actions.sealing import seal
from app.contributions.models import Contribution
from app.core import seals, text
from app.core.db import db
from app.demo.content.nouns import When
from app.demo.content.reading import HERE
from app.demo.loading.conversing import add_reply
from app.demo.loading.scenes import row_of
from app.demo.loading.stage import Actor, Stage
from app.networks.models import Member
from app.posts.models import TriedIt

NOBODY = Actor(0, "", None, None, 0)
PARTS = ("expected", "happened", "change_next")


def write_unnamed(stage: Stage, now: Any) -> list[int]:
    """The script's post without a name, where it has one and something can be sealed; its id."""
    file = HERE / stage.script.slug / "unnamed.json"
    if not file.exists() or seals.trouble() is not None:
        return []
    said = json.loads(file.read_text(encoding="utf-8"))
    at = When(days_ago=said["days_ago"], clock=said["clock"]).at(now, ZoneInfo(stage.script.time_zone))
    author = db.session.get_one(Member, stage.casts[0][said["author"]].id)
    root = _root(stage, author, said, at)
    for one in said["replies"]:
        by = stage.casts[0][one["author"]] if one["author"] else NOBODY
        reply = add_reply(stage, root, by, at + timedelta(minutes=one["after"]), text.clean(one["html"]))
        if by is NOBODY:
            seal(author, reply)
    return [root.id]


def _root(stage: Stage, author: Member, said: dict[str, Any], at: Any) -> Contribution:
    html = text.from_plain(said["tried"])
    parts = {name: said[name] for name in PARTS}
    row = row_of(stage, NOBODY, stage.spaces["commons", ""], at) | {
        "kind": "tried_it",
        "title": said["title"],
        "html": html,
        "text": "\n".join([said["tried"], *parts.values()]),
        "card": parts,
        "outcome": said["outcome"],
    }
    root = Contribution(**row)
    db.session.add(root)
    db.session.flush()
    db.session.add(TriedIt(contribution_id=root.id, tried=html, outcome=said["outcome"], **parts))
    seal(author, root)
    return root
