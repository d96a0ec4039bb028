"""Threads: the replies to one scene, as lines in order, before they become rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.demo.content import Reply
from app.demo.loading.scenes import Scene, moments
from app.demo.loading.stage import Actor, Cast
from app.demo.loading.words import Said, Words

SOON = timedelta(seconds=30)
SHARE_NESTED = 0.3
"""The share of further replies that answer another reply."""


@dataclass(slots=True)
class Line:
    """One reply before it has a number; `parent` is the line above it."""

    at: datetime
    author: Actor
    said: Said
    parent: "Line | None" = None
    reactions: dict[str, int] = field(default_factory=dict)
    id: int = 0
    answers: int = 0
    reply: Reply | None = None
    """What the script says, where it says this line."""


@dataclass
class Thread:
    """`readers` are the people who may be in it; `pool` holds texts for further replies."""

    scene: Scene
    cast: Cast
    readers: list[Actor]
    words: Words
    pool: list[str]
    now: datetime
    chance: Random
    lines: list[Line] = field(default_factory=list)

    def told(self) -> list[Line]:
        """All lines in order of time; an answer stands below what it answers."""
        self._scripted(self.scene.post.replies, None, self.scene.at)
        self._further()
        # The sort is stable, so an answer of the same second stays below its question.
        self.lines.sort(key=lambda line: line.at)
        return self.lines

    def _add(self, line: Line) -> None:
        if line.parent is not None:
            line.parent.answers += 1
        self.lines.append(line)

    def _scripted(self, replies: Iterable[Reply], parent: Line | None, after: datetime) -> None:
        """The script's own replies, one level deep; in a thread each names what it answers."""
        named: dict[str, Line] = {}
        for reply in replies:
            at = min(after + timedelta(minutes=reply.after), self.now - SOON)
            above = named.get(reply.to, parent)
            line = Line(at, self.cast[reply.author], self._said(reply.html), above, self._reactions(reply))
            line.reply = reply
            self._add(line)
            if reply.key:
                named[reply.key] = line
            self._scripted(reply.replies, parent or line, at)

    def _said(self, html: str) -> Said:
        return self.words.said(html) if self.scene.is_script else self.words.varied(html, self.chance)

    def _reactions(self, reply: Reply) -> dict[str, int]:
        """Not more than there are others; mostly none in later casts."""
        if not self.scene.is_script and self.chance.random() > SHARE_NESTED:
            return {}
        return {kind: min(count, len(self.readers) - 1) for kind, count in reply.reactions.items()}

    def _further(self) -> None:
        """Replies that make a larger demo's threads longer."""
        tops = [line for line in self.lines if line.parent is None]
        when = moments(self.chance, self.scene.at, self.now, 30)
        for _number in range(self.scene.extra):
            line = Line(
                next(when), self.chance.choice(self.readers), self._said(self.chance.choice(self.pool))
            )
            if tops and self.chance.random() < SHARE_NESTED:
                line.parent = self.chance.choice(tops)
                line.at = max(line.at, line.parent.at)
            else:
                tops.append(line)
            self._add(line)
