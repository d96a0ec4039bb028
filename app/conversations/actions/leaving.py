"""Leaving a conversation: sight ends at once, what was said stays, and the others read who left."""

from app.contributions.events import ContributionChanged
from app.contributions.models import Contribution
from app.conversations.events import ConversationsChanged
from app.conversations.models import ConversationPerson
from app.conversations.queries import conversation_of_space, get_conversation, members_of
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.actions import take_from_space


@command
def leave_conversation(actor: Member, root: Contribution) -> None:
    """Raises NotFound for who is not in it."""
    take_from_space(get_conversation(actor, root.id).space_id, actor.id)


@command
def note_leaving(space_id: int, member_id: int) -> None:
    """A membership has ended, whatever the reason: say so where the space is a conversation's."""
    conversation = conversation_of_space(space_id)
    if conversation is None:
        return
    person = db.session.get(ConversationPerson, (space_id, member_id))
    if person is not None and person.left_at is None:
        person.left_at = clock.now()
    conversation.people_key = None
    remaining = members_of(space_id)
    if len(remaining) < 2:
        # Nobody is left to hear an answer.
        conversation.space.archived_at = conversation.space.archived_at or clock.now()
    db.session.flush()
    publish(ContributionChanged(conversation.root_id))
    for each in (*remaining, member_id):
        publish(ConversationsChanged(each))
