"""Signed-in visitors: sessions made in the database, as cookies that a browser would hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

MAKE = """
import json, sys
from sqlalchemy import select
from app import create_app
from app.accounts.actions import begin_session
from app.accounts.policy import Browser
from app.core.db import db
from app.networks.models import Member, Network
app = create_app()
with app.app_context():
    first = select(Network).order_by(Network.id)
    network = db.session.scalars(first.limit(1)).one()
    active = select(Member).where(Member.network_id == network.id, Member.standing == "active")
    active = active.where(Member.account_id.is_not(None), Member.welcomed_at.is_not(None))
    sign = app.session_interface.get_signing_serializer(app).dumps
    cookies = []
    for member in db.session.scalars(active.order_by(Member.id).limit(int(sys.argv[1]))):
        _session, token = begin_session(member.account, browser=Browser(label="bench"), remember=True)
        cookies.append(app.config["SESSION_COOKIE_NAME"] + "=" + sign({"_user_id": token, "_fresh": True}))
    print(json.dumps({"network": network.slug, "cookies": cookies}))
"""


def signed_in(env: dict[str, str], count: int, root: Path) -> tuple[str, list[str]]:
    """The network's slug and the cookies of `count` different members."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(count)],
        cwd=root,
        env={**os.environ, **env},
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(made.stdout.strip().splitlines()[-1])
    return found["network"], found["cookies"]
