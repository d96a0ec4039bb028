"""Talks: what a script's threads have beside their replies: quotes, a summary, places, an answer."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution, Quote, ReadPlace
from app.core import text
from app.core.db import db
from app.demo.loading.bulk import Bulk
from app.demo.loading.scenes import Scene
from app.demo.loading.stage import Cast
from app.demo.loading.threads import Line
from app.networks.models import Network
from app.threads.models import Summary

_answers: dict[int, int] = {}
"""Root and reply: the rows of roots are written before those of their replies."""


def tell_talk(bulk: Bulk, scene: Scene, cast: Cast, lines: Sequence[Line]) -> None:
    """Write what the script says of a thread, once its lines have their numbers. Raises KeyError."""
    named = {
        line.reply.key: (place, line) for place, line in enumerate(lines, 1) if line.reply and line.reply.key
    }
    for line in lines:
        if line.reply is not None and line.reply.quotes is not None:
            _, quoted = named[line.reply.quotes["of"]]
            start = quoted.said.text.index(line.reply.quotes["words"])
            stop = start + len(line.reply.quotes["words"])
            bulk.add(Quote, reply_id=line.id, quoted_id=quoted.id, start=start, stop=stop)
    for person, key in (scene.post.read or {}).items():
        place, line = named[key]
        reader = cast[person].id
        bulk.add(ReadPlace, member_id=reader, contribution_id=scene.id, position=place, moved_at=line.at)
    if scene.post.summary is not None:
        bulk.add(
            Summary,
            contribution_id=scene.id,
            author_id=cast[scene.post.summary["author"]].id,
            html=text.clean(scene.post.summary["html"]),
            up_to=len(lines),
            written_at=lines[-1].at + timedelta(minutes=2),
        )
    if scene.post.answer:
        _answers[scene.id] = named[scene.post.answer][1].id


def settle_talks() -> None:
    """When each thread was last spoken in, and which reply answers it. Inside the loader's command."""
    reply = aliased(Contribution)
    last = select(func.max(reply.published_at)).where(reply.root_id == Contribution.id).scalar_subquery()
    demo = select(Network.id).where(Network.is_demo)
    wanted = (Contribution.kind == "thread", Contribution.reply_seq > 0, Contribution.network_id.in_(demo))
    quiet = {"synchronize_session": False}
    db.session.execute(update(Contribution).where(*wanted).values(active_at=last), execution_options=quiet)
    for root_id, reply_id in _answers.items():
        answered = update(Contribution).where(Contribution.id == root_id).values(answer_id=reply_id)
        db.session.execute(answered, execution_options=quiet)
    _answers.clear()
