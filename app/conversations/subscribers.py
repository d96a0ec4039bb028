"""What conversations do when messages come, are read, and when somebody goes."""

from sqlalchemy import select

from app.contributions.events import PlaceMoved, ReplyPosted
from app.contributions.models import ReadPlace
from app.conversations.actions import note_leaving
from app.conversations.events import ConversationsChanged
from app.conversations.models import Conversation
from app.conversations.queries import members_of
from app.core.db import db
from app.core.events import on, publish
from app.spaces.events import SpaceLeft


@on(ReplyPosted)
def people_hear_of_a_message(event: ReplyPosted) -> None:
    for member_id in members_of(event.space_id):
        publish(ConversationsChanged(member_id))


@on(PlaceMoved)
def reading_lowers_the_badge(event: PlaceMoved) -> None:
    here = select(Conversation.space_id).join(ReadPlace, ReadPlace.contribution_id == Conversation.root_id)
    if db.session.scalar(here.where(ReadPlace.id == event.place_id)) is not None:
        publish(ConversationsChanged(event.member_id))


@on(SpaceLeft)
def the_others_read_who_left(event: SpaceLeft) -> None:
    note_leaving(event.space_id, event.member_id)
