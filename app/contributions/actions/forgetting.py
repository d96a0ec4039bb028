"""Taking an earlier version away for good: its words go from the row, and that there was one stays."""

from app.contributions.events import HistoryTaken
from app.contributions.models import Contribution, Revision
from app.contributions.policy import is_author, require
from app.contributions.queries import get_contribution
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member


@command
def take_version_away(actor: Member, contribution: Contribution, revision_id: int) -> None:
    """Empty what the actor's own contribution said before an edit. Raises NotFound, Forbidden.

    What judges have of it is the copy of their case, which stays.
    """
    contribution = get_contribution(actor, contribution.id)
    require(contribution.state in ("published", "held") and is_author(actor, contribution))
    revision = db.session.get(Revision, revision_id)
    if revision is None or revision.contribution_id != contribution.id:
        raise NotFound
    empty_revision(revision)
    db.session.flush()
    publish(HistoryTaken(contribution.id))


def empty_revision(revision: Revision) -> None:
    """Its words go; when it was said and whether it was held stays. Inside a command."""
    revision.title = revision.html = ""
    revision.card = {"held": revision.was_held, "taken": True}
