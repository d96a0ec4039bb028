"""Scenes: the roots, planned before anything is written, so that their counters are right.

Cast 0 plays the script once, word for word. Each further cast plays it `PLAYS` times at other
moments, with more replies, drawn from the whole network's texts and people: about five
contributions and fifty replies for each member.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.contributions.models import Attachment, Contribution, Mention, Pin
from app.core.files.models import StoredFile
from app.demo.content import Post, Reply
from app.demo.loading.bulk import Bulk
from app.demo.loading.props import Prop
from app.demo.loading.stage import Actor, Stage
from app.demo.loading.words import Said, Words
from app.networks.models import grade_bit
from app.posts.models import TriedIt

PLAYS = 2
REPLIES_A_MEMBER = 50
TITLE_LIMIT = 140
KINDS = ("thanks", "same_here", "learned")
PARTS = ("expected", "happened", "change_next")


@dataclass(slots=True)
class Scene:
    """One root: what it says and who answers how much. `play` 0 of cast 0 is the script."""

    id: int
    post: Post
    cast: int
    play: int
    at: datetime
    author: Actor
    space_id: int
    extra: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_script(self) -> bool:
        return self.cast == 0


def size(replies: tuple[Reply, ...]) -> int:
    """How many replies, the nested ones included."""
    return sum(1 + size(reply.replies) for reply in replies)


def plan(bulk: Bulk, stage: Stage, now: datetime) -> list[Scene]:
    """All scenes of a network, oldest first, numbered in that order."""
    scenes = [scene for cast in range(len(stage.casts)) for scene in _of_cast(stage, cast, now)]
    scenes.sort(key=lambda scene: (scene.at, scene.cast, scene.play, scene.post.key))
    for scene in scenes:
        scene.id = bulk.new_id(Contribution)
    return scenes


def _of_cast(stage: Stage, cast: int, now: datetime) -> list[Scene]:
    chance = Random(f"{stage.script.slug} scenes {cast}")
    zone = ZoneInfo(stage.script.time_zone)
    scenes = []
    for play in range(PLAYS if cast else 1):
        shift = timedelta(minutes=chance.randint(20, 6 * 1440)) if cast else timedelta()
        for post in stage.script.posts:
            author = stage.casts[cast][post.author]
            at = post.when.at(now, zone) - shift
            scene = Scene(0, post, cast, play, at, author, stage.space_of(post, cast))
            scene.counts = _reactions(stage, scene, chance)
            scenes.append(scene)
    if cast:
        _more_replies(stage, scenes, chance)
    return scenes


def _reactions(stage: Stage, scene: Scene, chance: Random) -> dict[str, int]:
    """As many as the script says where the people are there; about a third in later casts."""
    others = len(stage.readers(scene.post, scene.cast)) - 1
    counts = {}
    for kind in KINDS:
        count = scene.post.reactions.get(kind, 0)
        if scene.cast:
            count = round(count * chance.uniform(0.1, 0.6))
        counts[kind] = min(count, others)
    return counts


def _more_replies(stage: Stage, scenes: list[Scene], chance: Random) -> None:
    """Spread a cast's further replies over its scenes in the commons: a few threads are long."""
    said = sum(size(scene.post.replies) for scene in scenes)
    wanted = max(REPLIES_A_MEMBER * len(stage.script.people) - said, 0)
    open_ones = [scene for scene in scenes if scene.post.space == "commons"]
    weights = [min(chance.paretovariate(1.2), 40) for _scene in open_ones]
    share = wanted / sum(weights)
    for scene, weight in zip(open_ones, weights, strict=True):
        scene.extra = round(weight * share)


def write_roots(bulk: Bulk, stage: Stage, scenes: list[Scene], words: Words, props: dict[str, Prop]) -> None:
    """The rows of the roots, with their bodies, files and mentions."""
    ids = {(scene.cast, scene.play, scene.post.key): scene.id for scene in scenes}
    stored: dict[str, int] = {}
    for scene in scenes:
        if scene.is_script:
            for key in scene.post.files:
                stored[key] = bulk.new_id(StoredFile)
                row = props[key].row("contribution", stage.network_id, scene.author.id, scene.at)
                bulk.add(StoredFile, id=stored[key], **row)
    for scene in scenes:
        said = _said(scene, words)
        idea = ids[scene.cast, scene.play, scene.post.names] if scene.post.names else None
        bulk.add(Contribution, **_root(stage, scene, said, props, idea))
        _beside(bulk, scene, said, props, stored)
        if scene.post.pinned and scene.is_script:
            by = stage.casts[scene.cast][scene.post.pinned].id
            pinned = {"contribution_id": scene.id, "space_id": scene.space_id, "pinned_by_id": by}
            bulk.add(Pin, pinned_at=scene.at, **pinned)


def _said(scene: Scene, words: Words) -> Said:
    post = scene.post
    if post.kind == "tried_it":
        return words.plain(post.tried)
    if scene.is_script:
        return words.said(post.html)
    return words.varied(post.html, Random(scene.id))


def _beside(bulk: Bulk, scene: Scene, said: Said, props: dict[str, Prop], stored: dict[str, int]) -> None:
    post = scene.post
    if post.kind == "tried_it":
        bulk.add(
            TriedIt,
            contribution_id=scene.id,
            tried=said.html,
            outcome=post.outcome,
            **{name: getattr(post, name) for name in ("grade", "group_size", "minutes", *PARTS)},
            setting=_setting(post),
        )
    for place, key in enumerate(post.files):
        alt = props[key].alt
        bulk.add(Attachment, contribution_id=scene.id, file_id=stored[key], position=place, alt=alt)
    for member_id in said.mentions:
        bulk.add(Mention, contribution_id=scene.id, member_id=member_id)


def _root(stage: Stage, scene: Scene, said: Said, props: dict[str, Prop], idea: int | None) -> dict[str, Any]:
    post = scene.post
    replies = size(post.replies) + scene.extra
    parts = [said.text, *(getattr(post, name) for name in PARTS)] if post.kind == "tried_it" else [said.text]
    return row_of(stage, scene.author, scene.space_id, scene.at) | {
        "id": scene.id,
        "kind": post.kind,
        "stays": post.stays,
        "reports_on_id": idea,
        "driver_id": stage.drivers[post.driver] if post.driver else None,
        "title": _title(scene),
        "html": said.html,
        "text": "\n".join(parts),
        "card": _card(post, props),
        "outcome": post.outcome,
        "grades": grade_bit(post.grade) if post.grade is not None else 0,
        "reply_count": replies,
        "reply_seq": replies,
        "try_count": sum(promise.state != "let_go" for promise in post.commitments),
        **{f"{kind}_count": scene.counts[kind] for kind in KINDS},
    }


def row_of(stage: Stage, author: Actor, space_id: int, at: datetime) -> dict[str, Any]:
    """A contribution with everything that roots and replies have in common."""
    return {
        "network_id": stage.network_id,
        "space_id": space_id,
        "root_id": None,
        "parent_id": None,
        "position": None,
        "reports_on_id": None,
        "driver_id": None,
        "author_id": author.id or None,
        "author_role": author.role,
        "author_site_id": author.site_id,
        "author_grades": author.grades,
        "state": "published",
        "title": "",
        "card": {},
        "outcome": None,
        "grades": 0,
        "reply_count": 0,
        "reply_seq": 0,
        "thanks_count": 0,
        "same_here_count": 0,
        "learned_count": 0,
        "try_count": 0,
        "version": 1,
        "locked": False,
        "stays": False,
        "published_at": at,
        "created_at": at,
        "active_at": at,
    }


def _title(scene: Scene) -> str:
    title = scene.post.title
    if scene.is_script or not title:
        return title
    period = f" · period {scene.id % 7 + 1}"
    return title[: TITLE_LIMIT - len(period)] + period


def _card(post: Post, props: dict[str, Prop]) -> dict[str, Any]:
    card: dict[str, Any] = {}
    if post.kind == "tried_it":
        said = {name: getattr(post, name) for name in ("grade", "group_size", "minutes", *PARTS)}
        said["setting"] = _setting(post)
        card = {name: value for name, value in said.items() if value}
    if post.files:
        card["files"] = [props[key].on_card() for key in post.files]
    return card


def _setting(post: Post) -> str | None:
    return post.setting.replace(" ", "_") if post.setting else None


def moments(chance: Random, start: datetime, now: datetime, hours: float) -> Iterator[datetime]:
    """Moments after a start, most of them soon, none in the future."""
    while True:
        at = start + timedelta(hours=chance.expovariate(1 / hours))
        yield min(at, now - timedelta(seconds=30))
