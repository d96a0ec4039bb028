"""What the doctor recounts: replies, positions, reactions, commitments, files, walls, decisions."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.contributions.models import (
    REACTIONS,
    Attachment,
    Commitment,
    Contribution,
    ContributionStandard,
    Pin,
    PrivacyKept,
    Quote,
    Reaction,
    ReadPlace,
)
from app.contributions.models.contributions import UNSEEN_FROM
from app.contributions.queries.pins import shows_pinned
from app.core.db import db
from app.core.doctor import check
from app.core.files import files
from app.core.files.models import StoredFile
from app.spaces.models import Space
from app.standards.models import Framework, Standard

_Reply = aliased(Contribution)


@check("contributions: reply counts")
def reply_counts() -> Iterable[str]:
    """A root counts its published replies; a reply those directly beneath it."""
    for link, roots in ((_Reply.root_id, True), (_Reply.parent_id, False)):
        counted = (
            select(link.label("id"), func.count(_Reply.id).label("number"))
            .where(_Reply.state == "published", link.is_not(None))
            .group_by(link)
            .subquery()
        )
        query = (
            select(Contribution.id, Contribution.reply_count, func.coalesce(counted.c.number, 0))
            .outerjoin(counted, counted.c.id == Contribution.id)
            .where(Contribution.reply_count != func.coalesce(counted.c.number, 0))
        )
        query = query.where(Contribution.root_id.is_(None) if roots else Contribution.root_id.is_not(None))
        for contribution_id, said, number in db.session.execute(query):
            yield f"contribution {contribution_id} says {said} replies, there are {number}"


@check("contributions: positions")
def positions() -> Iterable[str]:
    """A root's counter is at least its last position; every reply has one."""
    last = (
        select(_Reply.root_id.label("id"), func.max(_Reply.position).label("last"))
        .where(_Reply.root_id.is_not(None), _Reply.position < UNSEEN_FROM)
        .group_by(_Reply.root_id)
        .subquery()
    )
    query = select(Contribution.id, Contribution.reply_seq, last.c.last).join(
        last, last.c.id == Contribution.id
    )
    for contribution_id, seq, highest in db.session.execute(
        query.where(Contribution.reply_seq < last.c.last)
    ):
        yield f"contribution {contribution_id} would give position {seq + 1} again (it has {highest})"
    lost = select(Contribution.id).where(Contribution.root_id.is_not(None), Contribution.position.is_(None))
    for contribution_id in db.session.scalars(lost):
        yield f"reply {contribution_id} has no position"
    apart = (Contribution.position >= UNSEEN_FROM, Contribution.state == "published")
    for contribution_id in db.session.scalars(select(Contribution.id).where(*apart)):
        yield f"reply {contribution_id} is shown and has no position of its talk"


@check("contributions: reaction counts")
def reaction_counts() -> Iterable[str]:
    for kind in REACTIONS:
        column = getattr(Contribution, f"{kind}_count")
        counted = (
            select(Reaction.contribution_id.label("id"), func.count().label("number"))
            .where(Reaction.kind == kind)
            .group_by(Reaction.contribution_id)
            .subquery()
        )
        number = func.coalesce(counted.c.number, 0)
        query = select(Contribution.id, column, number).outerjoin(counted, counted.c.id == Contribution.id)
        for contribution_id, said, found in db.session.execute(query.where(column != number)):
            yield f"contribution {contribution_id} says {said} {kind}, there are {found}"


@check("contributions: commitment counts")
def commitment_counts() -> Iterable[str]:
    counted = (
        select(Commitment.contribution_id.label("id"), func.count().label("number"))
        .where(Commitment.state != "let_go")
        .group_by(Commitment.contribution_id)
        .subquery()
    )
    number = func.coalesce(counted.c.number, 0)
    query = select(Contribution.id, Contribution.try_count, number)
    query = query.outerjoin(counted, counted.c.id == Contribution.id).where(Contribution.try_count != number)
    for contribution_id, said, found in db.session.execute(query):
        yield f"contribution {contribution_id} says {said} will try it, there are {found}"


@check("contributions: walls")
def walls() -> Iterable[str]:
    """A contribution is of its space's network, and a reply is where its root is."""
    query = select(Contribution.id).join(Space, Space.id == Contribution.space_id)
    for contribution_id in db.session.scalars(query.where(Space.network_id != Contribution.network_id)):
        yield f"contribution {contribution_id} is of another network than its space"
    astray = select(_Reply.id).join(Contribution, Contribution.id == _Reply.root_id)
    for reply_id in db.session.scalars(astray.where(_Reply.space_id != Contribution.space_id)):
        yield f"reply {reply_id} is in another space than its root"
    named = (
        select(ContributionStandard.contribution_id)
        .join(Contribution, Contribution.id == ContributionStandard.contribution_id)
        .join(Standard, Standard.id == ContributionStandard.standard_id)
        .join(Framework, Framework.id == Standard.framework_id)
    )
    for contribution_id in db.session.scalars(named.where(Framework.network_id != Contribution.network_id)):
        yield f"contribution {contribution_id} names a standard of another network"
    texts = select(Contribution.id).where(Contribution.state == "removed", Contribution.text != "")
    for contribution_id in db.session.scalars(texts):
        yield f"contribution {contribution_id} was removed and still has words"


@check("contributions: files")
def attached_files() -> Iterable[str]:
    """Every attached file is attached, of the right network, and its bytes are there."""
    query = (
        select(
            StoredFile.key, StoredFile.network_id, StoredFile.attached_at, Contribution.network_id.label("of")
        )
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
    )
    for row in db.session.execute(query):
        if row.attached_at is None or row.network_id != row.of:
            yield f"a file of network {row.of} is not marked as attached there"
        if not files.store.exists(row.key):
            yield "the bytes of an attached file are missing"


@check("contributions: talks")
def talks() -> Iterable[str]:
    """Places are inside their talk, quotes and answers are of the same root, ranges of their text."""
    query = select(ReadPlace.id).join(Contribution, Contribution.id == ReadPlace.contribution_id)
    beyond = (ReadPlace.position > Contribution.reply_seq) | Contribution.root_id.is_not(None)
    for place_id in db.session.scalars(query.where(beyond)):
        yield f"read place {place_id} is beyond its talk"
    quoting = select(Quote.reply_id).join(_Reply, _Reply.id == Quote.reply_id)
    quoting = quoting.join(Contribution, Contribution.id == Quote.quoted_id)
    same = func.coalesce(Contribution.root_id, Contribution.id) == _Reply.root_id
    shown = Contribution.state == "published"
    wrong = ~same | (shown & (Quote.stop > func.length(Contribution.text)))
    for reply_id in db.session.scalars(quoting.where(wrong)):
        yield f"reply {reply_id} quotes what is not there"
    answered = select(Contribution.id).join(_Reply, _Reply.id == Contribution.answer_id)
    astray = (_Reply.root_id != Contribution.id) | (_Reply.state != "published")
    for contribution_id in db.session.scalars(answered.where(astray)):
        yield f"contribution {contribution_id} has an answer that is none of its replies"


@check("contributions: pins")
def pins() -> Iterable[str]:
    """Only what shows in a space is on top of it."""
    query = select(Pin.contribution_id).join(Contribution, Contribution.id == Pin.contribution_id)
    for contribution_id in db.session.scalars(query.where(~shows_pinned())):
        yield f"contribution {contribution_id} is pinned where it does not show"


@check("contributions: student privacy")
def student_privacy() -> Iterable[str]:
    """What an author kept of a file is of a file that the contribution carries."""
    carried = select(Attachment.file_id).where(Attachment.contribution_id == PrivacyKept.contribution_id)
    query = select(PrivacyKept.contribution_id).where(
        PrivacyKept.file_id.is_not(None), PrivacyKept.file_id.not_in(carried)
    )
    for contribution_id in db.session.scalars(query.distinct()):
        yield f"contribution {contribution_id} keeps a finding of a file that it does not carry"
