"""Who may begin a conversation with me, and being told nothing of one for a while."""

from app.contributions.models import Contribution
from app.conversations.events import ConversationsChanged
from app.conversations.models import WISHES, ConversationWish
from app.conversations.queries import get_conversation
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.actions.wishes import MUTES, muted_until
from app.spaces.models import SpaceSetting

QUIETS = (*MUTES, "always", "off")


@command
def wish_for(actor: Member, who: str) -> None:
    """Everybody, people who are near, or nobody new. Raises ValueError, Forbidden."""
    if who not in WISHES:
        raise ValueError("no such choice")
    insist(actor.may_read)
    wish = db.session.get(ConversationWish, actor.id)
    if wish is None:
        wish = ConversationWish(member_id=actor.id)
        db.session.add(wish)
    wish.who = who


@command
def be_quiet(actor: Member, root: Contribution, how_long: str) -> None:
    """No bell and no mail: for a time, `always`, or `off` again. Raises ValueError, NotFound."""
    if how_long not in QUIETS:
        raise ValueError("no such time")
    space_id = get_conversation(actor, root.id).space_id
    setting = db.session.get(SpaceSetting, (space_id, actor.id))
    if setting is None:
        setting = SpaceSetting(space_id=space_id, member_id=actor.id)
        db.session.add(setting)
    setting.level = "nothing" if how_long == "always" else "mentions"
    zone = actor.account.time_zone if actor.account else actor.network.time_zone
    setting.muted_until = muted_until(how_long, zone) if how_long in MUTES else None
    publish(ConversationsChanged(actor.id))
