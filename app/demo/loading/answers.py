"""Answers to scenes: replies with their positions, reactions, commitments and saves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from app.contributions.models import Commitment, Contribution, Mention, Reaction, Save
from app.demo.content import Promise, Reply
from app.demo.loading.bulk import Bulk
from app.demo.loading.scenes import KINDS, Scene, moments, row_of
from app.demo.loading.stage import Actor, Stage
from app.demo.loading.talks import tell_talk
from app.demo.loading.threads import SOON, Line, Thread
from app.demo.loading.words import Words


class Answers:
    """Writes all that follows a network's roots, scene by scene, so that memory stays small."""

    def __init__(self, bulk: Bulk, stage: Stage, words: Words, now: datetime) -> None:
        self._bulk, self._stage, self._words, self._now = bulk, stage, words, now
        posts = [post for post in stage.script.posts if post.space == "commons"]
        self._pool = [reply.html for post in posts for reply in _all(post.replies)]

    def write(self, scenes: list[Scene]) -> None:
        known = {(scene.cast, scene.play, scene.post.key): scene for scene in scenes}
        for scene in scenes:
            chance = Random(f"{self._stage.script.slug} answers {scene.id}")
            readers = self._stage.readers(scene.post, scene.cast)
            self._react(scene, scene.counts, readers, chance)
            self._replies(scene, readers, chance)
            for promise in scene.post.commitments:
                report = known.get((scene.cast, scene.play, promise.reported or ""))
                self._promise(scene, promise, report, chance)
            self._save(scene, chance)

    def _replies(self, scene: Scene, readers: list[Actor], chance: Random) -> None:
        cast = self._stage.casts[scene.cast]
        lines = Thread(scene, cast, readers, self._words, self._pool, self._now, chance).told()
        for position, line in enumerate(lines, start=1):
            line.id = self._bulk.new_id(Contribution)
            self._bulk.add(Contribution, **self._reply(scene, line, position))
        if scene.is_script and scene.post.kind == "thread":
            tell_talk(self._bulk, scene, cast, lines)
        for line in lines:
            self._react(line, line.reactions, readers, chance)
            for member_id in line.said.mentions:
                self._bulk.add(Mention, contribution_id=line.id, member_id=member_id)

    def _reply(self, scene: Scene, line: Line, position: int) -> dict[str, object]:
        row = row_of(self._stage, line.author, scene.space_id, line.at)
        row["id"], row["kind"] = line.id, "reply"
        row["root_id"], row["position"] = scene.id, position
        row["parent_id"] = line.parent.id if line.parent else None
        row["html"], row["text"] = line.said.html, line.said.text
        row["reply_count"] = line.answers
        for kind, count in line.reactions.items():
            row[f"{kind}_count"] = count
        return row

    def _react(
        self, target: Scene | Line, counts: dict[str, int], readers: list[Actor], chance: Random
    ) -> None:
        """Exactly as many as counted, none of them the author's own."""
        when = moments(chance, target.at, self._now, 14)
        for kind in KINDS:
            count = counts.get(kind, 0)
            if not count:
                continue
            drawn = chance.sample(readers, min(count + 1, len(readers)))
            people = [actor.id for actor in drawn if actor.id != target.author.id][:count]
            for member_id, at in zip(people, when, strict=False):
                self._bulk.add(
                    Reaction, contribution_id=target.id, member_id=member_id, kind=kind, created_at=at
                )

    def _promise(self, scene: Scene, promise: Promise, report: Scene | None, chance: Random) -> None:
        made = next(moments(chance, scene.at, self._now, 12))
        ended = report.at if report else None
        if promise.state == "let_go":
            ended = min(made + timedelta(days=3), self._now - SOON)
        due = None if promise.due_in_days is None else self._now + timedelta(days=promise.due_in_days)
        self._bulk.add(
            Commitment,
            id=self._bulk.new_id(Commitment),
            contribution_id=scene.id,
            member_id=self._stage.casts[scene.cast][promise.member].id,
            due_on=due.date() if due else None,
            state=promise.state,
            reported_id=report.id if report else None,
            created_at=min(made, ended) if ended else made,
            ended_at=ended,
        )

    def _save(self, scene: Scene, chance: Random) -> None:
        cast = self._stage.casts[scene.cast]
        for key, at in zip(scene.post.saves, moments(chance, scene.at, self._now, 20), strict=False):
            self._bulk.add(Save, contribution_id=scene.id, member_id=cast[key].id, created_at=at)


def _all(replies: Iterable[Reply]) -> list[Reply]:
    return [one for reply in replies for one in (reply, *_all(reply.replies))]
