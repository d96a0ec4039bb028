"""What a network wants looked at before it is seen; each change is on record."""

from sqlalchemy import func, select

from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.text import line
from app.moderation.actions.recording import record
from app.moderation.models import WATCHES, ModerationWish, WatchWord
from app.moderation.models.wishes import COMMON, FEWEST_LETTERS, MOST_WORDS
from app.moderation.policy import may, require, role_of
from app.moderation.queries.approval import matcher
from app.networks.models import Member

PATTERN = 80
STARS = 2
"""More would make looking for it slow."""
MOST_FIRST = 10


class TooCommon(Exception):
    """Nearly everything would have it."""


class TooManyWords(Exception):
    """The list is as long as it may be."""


def _insist(actor: Member) -> None:
    require(may("choose_watch_list", role_of(actor, actor.network_id)))


@command
def read_first_posts(actor: Member, number: int) -> None:
    """How many first posts of a newcomer somebody reads before they are seen; 0 for none. Raises
    ValueError.
    """
    _insist(actor)
    if not 0 <= number <= MOST_FIRST:
        raise ValueError("number")
    wish = db.session.get(ModerationWish, actor.network_id)
    if wish is None:
        wish = ModerationWish(network_id=actor.network_id)
        db.session.add(wish)
    if wish.first_posts != number:
        wish.first_posts = number
        record(actor.network_id, "first_posts", by_id=actor.id, why=str(number))


@command
def watch(actor: Member, pattern: str, how: str) -> None:
    """Watch a word, or change how it is watched. Raises ValueError, TooCommon, TooManyWords."""
    _insist(actor)
    pattern = line(pattern, PATTERN)
    if not pattern.strip("* ") or how not in WATCHES or pattern.count("*") > STARS:
        raise ValueError("pattern")
    if sum(map(str.isalnum, pattern)) < FEWEST_LETTERS or any(map(matcher(pattern).search, COMMON)):
        raise TooCommon
    here = WatchWord.network_id == actor.network_id
    word = db.session.scalar(select(WatchWord).where(here, WatchWord.pattern == pattern))
    if word is None:
        if (db.session.scalar(select(func.count(WatchWord.id)).where(here)) or 0) >= MOST_WORDS:
            raise TooManyWords
        word = WatchWord(network_id=actor.network_id, pattern=pattern)
        db.session.add(word)
    word.watch = how
    record(actor.network_id, "watch_list", by_id=actor.id, why=f"{pattern}: {how}")


@command
def drop_word(actor: Member, word_id: int) -> None:
    """Raises NotFound for another network's."""
    _insist(actor)
    word = db.session.get(WatchWord, word_id)
    if word is None or word.network_id != actor.network_id:
        raise NotFound
    record(actor.network_id, "watch_list", by_id=actor.id, why=f"{word.pattern}: off")
    db.session.delete(word)
