"""Who reads something because they judge it: what is held is its author's alone, and theirs."""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.contributions.policy import judges_it
from app.core.db import db
from app.moderation.models import Case
from app.moderation.queries.judges import seat_at
from app.networks.models import Member


@judges_it
def judges_a_case_about(actor: Member, contribution: Contribution) -> bool:
    """Whether a case about it is open that `actor` may see."""
    about = (Case.contribution_id == contribution.id, Case.state != "done")
    return any(seat_at(actor, case).may("see") for case in db.session.scalars(select(Case).where(*about)))
