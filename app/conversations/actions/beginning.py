"""Beginning a conversation: message first, and the same people always meet in the same one."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.contributions.actions import post_reply, read_up_to
from app.contributions.actions.once import again_if_raced
from app.contributions.models import Contribution
from app.contributions.queries import get_root
from app.conversations.events import ConversationBegun
from app.conversations.models import Conversation, ConversationPerson
from app.conversations.policy import can_begin, require, takes
from app.conversations.queries import people_for, people_key, same_people
from app.core.command import command
from app.core.db import db, is_writing
from app.core.events import publish
from app.networks.models import Member
from app.spaces.actions import add_to_space
from app.spaces.models import Space

KIND = "conversation"


class NotTaken(Exception):
    """One of the people cannot be written to now; nobody learns who, nor why."""


def begin_conversation(actor: Member, member_ids: Iterable[int], **said: Any) -> Contribution:
    """Say the first message (or the next one, where these people have talked before).

    `html`, `file_keys`, `file_alts` and `key` as for `post_reply`, which see for what it raises; NotTaken,
    WrongNumber, NotFound, Forbidden.
    """
    ids = list(member_ids)
    try:
        return _begin(actor, ids, **said)
    except IntegrityError as error:
        # Two of them began at the same moment: the second finds what the first made.
        if is_writing() or "people_key" not in str(error.orig):
            raise
        return _begin(actor, ids, **said)


@again_if_raced
@command
def _begin(actor: Member, member_ids: Sequence[int], **said: Any) -> Contribution:
    people = people_for(actor, member_ids)
    known = same_people(actor, member_ids)
    if known is not None:
        return post_reply(actor, get_root(actor, known.root_id), **said)
    require(can_begin(actor))
    root = _open(actor, people)
    message = post_reply(actor, root, **said)
    # Only now: what is wrong with a message is told first, so that nobody asks after wishes without one.
    if not all(takes(person, actor) for person in people):
        raise NotTaken
    read_up_to(actor, root, message.position or 0)
    return message


def _open(actor: Member, people: Sequence[Member]) -> Contribution:
    everybody = [actor, *people]
    space = Space(
        network_id=actor.network_id,
        kind=KIND,
        access="closed",
        slug=f"{KIND}-{secrets.token_hex(8)}",
        name=_("this conversation"),
    )
    db.session.add(space)
    db.session.flush()
    # Nobody's own: it has no words, so that there is nothing to edit, take back or thank for.
    root = Contribution(
        network_id=actor.network_id, space_id=space.id, space=space, kind=KIND, author_id=None, card={}
    )
    db.session.add(root)
    db.session.flush()
    key = people_key(person.id for person in everybody)
    db.session.add(
        Conversation(space_id=space.id, network_id=actor.network_id, root_id=root.id, people_key=key)
    )
    db.session.flush()
    for person in everybody:
        db.session.add(ConversationPerson(space_id=space.id, member_id=person.id))
        add_to_space(space, person)
    db.session.flush()
    publish(ConversationBegun(space.id, root.id))
    return root
