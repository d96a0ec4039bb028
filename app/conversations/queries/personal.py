"""What conversations hold about a person: with how many they talk, since when, and their wish.

What they said is with their contributions; what others said is not theirs to take along, and neither are
the names of the others.
"""

from collections.abc import Iterator

from sqlalchemy import select

from app.accounts.models import Account
from app.conversations.models import Conversation, ConversationPerson
from app.conversations.queries.people import wish_of
from app.core import personal
from app.core.db import db
from app.networks.models import Member


@personal.exports("conversations")
def their_conversations(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One JSON for each network in which they had any, or said who may write to them."""
    for member in db.session.scalars(select(Member).where(Member.account_id == account.id)):
        query = select(Conversation, ConversationPerson.left_at).join(
            ConversationPerson, ConversationPerson.space_id == Conversation.space_id
        )
        rows = db.session.execute(
            query.where(ConversationPerson.member_id == member.id).order_by(Conversation.space_id)
        ).all()
        wish = wish_of(member)
        if not rows and wish == "everybody":
            continue
        yield (
            f"{member.network.slug}/conversations.json",
            {
                "who_may_write": wish,
                "conversations": [
                    {
                        "id": conversation.root_id,
                        "began_at": conversation.began_at.isoformat(),
                        "left_at": left_at.isoformat() if left_at else None,
                    }
                    for conversation, left_at in rows
                ],
            },
        )
