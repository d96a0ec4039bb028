"""What happens beside the server, in a process of its own: many replies at once, a change of membership.

A person is not let to reply sixty times in a minute; a journey about a long talk needs it.
"""

import json
import subprocess
import sys
from typing import Any

from tests.support.databases import ROOT
from tests.support.servers import Server

_BEGIN = """
import json, sys
from sqlalchemy import insert, select
from app import create_app
from app.core import clock
from app.accounts.models import Account
from app.contributions.actions import post_reply
from app.contributions.models import Contribution
from app.core.db import db
from app.networks.models import Member
from app.spaces.actions import add_to_space, take_from_space
from app.spaces.models import Space

def member(who, network_id):
    found = select(Member).join(Account).where(Account.email == f"{who}@demo.example")
    return db.session.scalars(found.where(Member.network_id == network_id)).one()

def replies(who, root_id, count):
    root = db.session.get_one(Contribution, root_id)
    one = member(who, root.network_id)
    numbers = range(root.reply_seq, root.reply_seq + count)
    return [post_reply(one, root, html=f"<div>Thought {n}.</div>").id for n in numbers]

def long_talk(who, root_id, count):
    root = db.session.get_one(Contribution, root_id)
    one = member(who, root.network_id)
    now = clock.now()
    row = dict(network_id=root.network_id, space_id=root.space_id, kind="reply", root_id=root.id,
        author_id=one.id, card={}, published_at=now, created_at=now, active_at=now)
    said = ((n, f"Thought {n}.") for n in range(1, count + 1))
    rows = [{**row, "position": n, "html": f"<p>{words}</p>", "text": words} for n, words in said]
    db.session.execute(insert(Contribution), rows)
    root.reply_seq = root.reply_count = count
    db.session.commit()

def membership(who, slug, verb):
    space = db.session.scalars(select(Space).where(Space.slug == slug)).one()
    one = member(who, space.network_id)
    add_to_space(space, one) if verb == "add" else take_from_space(space.id, one.id)

with create_app().app_context():
    print(json.dumps([globals()[sys.argv[1]](*json.loads(sys.argv[2]))]))
"""


def _run(server: Server, name: str, *given: Any) -> Any:
    command = [sys.executable, "-c", _BEGIN, name, json.dumps(given)]
    done = subprocess.run(command, cwd=ROOT, env=server.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])[0]


def replies(server: Server, who: str, root: int, count: int) -> list[int]:
    """`count` replies by `who`; their ids, in order."""
    return list(_run(server, "replies", who, root, count))


def long_talk(server: Server, who: str, root: int, count: int) -> None:
    """The rows of `count` replies by `who` to a root that has none, all at once."""
    _run(server, "long_talk", who, root, count)


def add_to_group(server: Server, who: str, slug: str) -> None:
    _run(server, "membership", who, slug, "add")


def take_from_group(server: Server, who: str, slug: str) -> None:
    _run(server, "membership", who, slug, "take")
