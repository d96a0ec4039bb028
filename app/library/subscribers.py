"""What the library hears inside the transaction of a change: uses come, go and are said differently."""

from sqlalchemy import select

from app.contributions.events import ContributionKept, ReplyEdited, ReplyPosted, ReplyRemoved
from app.contributions.models import Contribution
from app.core.db import db
from app.core.events import on
from app.library.actions.collecting import let_go_elsewhere
from app.library.actions.requesting import count_answers
from app.library.actions.using import recount
from app.library.models import KIND, REQUEST, RequestAnswer, ResourceUse


def _again(reply_id: int, root_id: int) -> None:
    root = db.session.get(Contribution, root_id)
    if root is None:
        return
    # The kind first: every reply of a network comes by here.
    if root.kind == KIND and db.session.get(ResourceUse, reply_id) is not None:
        recount(root)
    answers = select(RequestAnswer.reply_id).where(RequestAnswer.reply_id == reply_id)
    if root.kind == REQUEST and db.session.scalar(answers) is not None:
        count_answers(root)


@on(ContributionKept)
def what_stays_leaves_collections_elsewhere(event: ContributionKept) -> None:
    let_go_elsewhere(event.contribution_id, event.space_id)


@on(ReplyPosted)
def a_use_is_back(event: ReplyPosted) -> None:
    _again(event.reply_id, event.root_id)


@on(ReplyRemoved)
def a_use_is_gone(event: ReplyRemoved) -> None:
    """What was taken back keeps no words here either; what is held may come back."""
    use = db.session.get(ResourceUse, event.reply_id)
    reply = db.session.get(Contribution, event.reply_id)
    if use is not None and reply is not None and reply.state == "removed":
        use.changed = use.tip = ""
        db.session.flush()
    _again(event.reply_id, event.root_id)


@on(ReplyEdited)
def a_use_is_said_differently(event: ReplyEdited) -> None:
    """The summary shows what the reply says now."""
    use = db.session.get(ResourceUse, event.reply_id)
    reply = db.session.get(Contribution, event.reply_id)
    if use is not None and reply is not None:
        head, _line, rest = reply.text.partition("\n")
        use.changed, use.tip = "", rest.strip() or head
        db.session.flush()
