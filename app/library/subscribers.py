"""What the library hears inside the transaction of a change: uses come, go and are said differently; what
was suggested for a resource goes with it."""

from sqlalchemy import select

from app.contributions.events import (
    ContributionKept,
    ContributionPosted,
    ContributionRemoved,
    HistoryTaken,
    ReplyEdited,
    ReplyPosted,
    ReplyRemoved,
)
from app.contributions.models import Contribution
from app.core.db import db
from app.core.events import on
from app.library.actions.collecting import let_go_elsewhere
from app.library.actions.requesting import count_again
from app.library.actions.suggesting import forget_suggestions
from app.library.actions.using import recount
from app.library.actions.versions import forget_words
from app.library.models import KIND, REQUEST, Adaptation, RequestAnswer, Resource, ResourceUse


def _again(reply_id: int, root_id: int) -> None:
    root = db.session.get(Contribution, root_id)
    if root is None:
        return
    # The kind first: every reply of a network comes by here.
    if root.kind == KIND and db.session.get(ResourceUse, reply_id) is not None:
        recount(root)
    answers = select(RequestAnswer.reply_id).where(RequestAnswer.reply_id == reply_id)
    if root.kind == REQUEST and db.session.scalar(answers) is not None:
        count_again(root)


@on(ContributionKept)
def what_stays_leaves_collections_elsewhere(event: ContributionKept) -> None:
    let_go_elsewhere(event.contribution_id, event.space_id)


@on(HistoryTaken)
def what_was_taken_from_history_goes_from_versions(event: HistoryTaken) -> None:
    forget_words(event.contribution_id)


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
    """The summary shows nothing that the reply does not say any more, whoever changed it and how."""
    use = db.session.get(ResourceUse, event.reply_id)
    reply = db.session.get(Contribution, event.reply_id)
    if use is None or reply is None:
        return
    said = " ".join(reply.text.split())
    for name in ("changed", "tip"):
        if " ".join(getattr(use, name).split()) not in said:
            setattr(use, name, "")
    db.session.flush()


@on(ContributionRemoved)
def a_resource_is_gone(event: ContributionRemoved) -> None:
    forget_suggestions(event.contribution_id)


@on(ContributionPosted)
def a_copy_keeps_its_line(event: ContributionPosted) -> None:
    """What its sources are called, who made them and under which licence stays when they go."""
    query = (
        select(Adaptation, Contribution.title, Resource.authors, Resource.licence)
        .join(Contribution, Contribution.id == Adaptation.source_id)
        .join(Resource, Resource.contribution_id == Adaptation.source_id)
        .where(Adaptation.contribution_id == event.contribution_id, Adaptation.source_licence == "")
    )
    for made, title, authors, licence in db.session.execute(query):
        made.source_title, made.source_authors, made.source_licence = title, authors, licence
    db.session.flush()
