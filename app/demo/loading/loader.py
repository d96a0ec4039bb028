"""`load`: check, store the files, write everything in one command, say what was made."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select, text, update

from app.accounts.models import Account
from app.accounts.routes.sign_in import DEMO_PASSWORD
from app.contributions.models import Contribution
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.hashing import hash_password
from app.demo.content import SLUGS, read_script
from app.demo.loading.answers import Answers
from app.demo.loading.bells import ring
from app.demo.loading.bulk import Bulk
from app.demo.loading.conversing import write_talks
from app.demo.loading.judging import write_cases
from app.demo.loading.norming import write_norms
from app.demo.loading.people import Accounts, build
from app.demo.loading.props import Props
from app.demo.loading.scenes import plan, write_roots
from app.demo.loading.shelving import Shelves
from app.demo.loading.stage import Stage
from app.demo.loading.standards import write_standards
from app.demo.loading.talks import settle_talks
from app.demo.loading.unnamed import write_unnamed
from app.demo.loading.words import Words
from app.networks.models import Network
from app.spaces.models import Group

Say = Callable[[str], None]


class DemoRefused(Exception):
    """The demo does not mix with what is there; the message is a sentence for the operator."""


def load(scale: int = 1, say: Say = lambda _words: None) -> dict[str, int]:
    """Load both demo networks, the first one `scale` times as large. Rows made, by table.

    Raises DemoRefused where there are real networks, or the demo already.
    """
    if scale < 1:
        raise DemoRefused("The scale is a whole number from 1 on.")
    _check()
    password_hash = hash_password(DEMO_PASSWORD)
    props: dict[str, Props] = {}
    try:
        for slug in SLUGS:
            say(f"Making the files of {read_script(slug).name}")
            props[slug] = Props(read_script(slug))
        made = _write(scale, props, password_hash, say)
    except BaseException:
        for stored in props.values():
            stored.clear()
        raise
    # Table by table: a bare ANALYZE on PostgreSQL also takes the catalogs that all databases share.
    for table in db.metadata.sorted_tables:
        db.session.execute(text(f'ANALYZE "{table.name}"'))
    db.session.commit()
    return made


def _check() -> None:
    networks = list(db.session.scalars(select(Network.is_demo)))
    if not all(networks):
        raise DemoRefused("There is a real network here, and the demo never mixes with one.")
    if networks:
        raise DemoRefused("The demo is loaded already. Take it out first: flask demo remove")
    if db.session.scalar(select(Account.id).limit(1)):
        raise DemoRefused("There are accounts here already, and the demo never mixes with real ones.")


@command
def _write(scale: int, props: dict[str, Props], password_hash: str, say: Say) -> dict[str, int]:
    _check()
    bulk, now = Bulk(), clock.now()
    accounts = Accounts(bulk, now, password_hash)
    roots: list[int] = []
    stages: list[Stage] = []
    for slug in SLUGS:
        say(f"Writing {read_script(slug).name}")
        stages.append(
            build(bulk, read_script(slug), scale if slug == SLUGS[0] else 1, accounts, props[slug].photos)
        )
        roots += _said(bulk, stages[-1], props[slug], now)
    bulk.finish()
    for stage in stages:
        roots += write_unnamed(stage, now)
        roots += write_talks(stage, Words(stage.script.slug, stage.names), now)
        roots += Shelves(stage, props[stage.script.slug].library, now).write()
        roots += write_norms(stage, now)
    _say_when_groups_were_active()
    settle_talks()
    ring(roots, now)
    for stage in stages:
        write_cases(stage, now)
    return dict(bulk.made)


def _say_when_groups_were_active() -> None:
    newest = select(func.max(Contribution.published_at)).where(Contribution.space_id == Group.space_id)
    last = newest.scalar_subquery()
    db.session.execute(update(Group).where(last.is_not(None)).values(active_at=last))


def _said(bulk: Bulk, stage: Stage, props: Props, now: datetime) -> list[int]:
    """What is said in a network; gives the ids of the script's own roots."""
    words = Words(stage.script.slug, stage.names)
    scenes = plan(bulk, stage, now)
    write_roots(bulk, stage, scenes, words, props.files)
    Answers(bulk, stage, words, now).write(scenes)
    write_standards(bulk, stage, scenes)
    return [scene.id for scene in scenes if scene.is_script]
