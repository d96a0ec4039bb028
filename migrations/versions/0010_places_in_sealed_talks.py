"""places in sealed talks, and positions beyond a talk

Nobody has a place in a talk that began without a name: everybody but its author had one until now, so that
the one who is missing is named. And a reply that was let out while it had no position of its talk yet gets
its next one; who had read up to such a one has read the talk.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UNSEEN_FROM = 1_000_000_000
contribution = sa.table(
    "contribution",
    sa.column("id", sa.BigInteger),
    sa.column("root_id", sa.BigInteger),
    sa.column("position", sa.Integer),
    sa.column("reply_seq", sa.Integer),
    sa.column("version", sa.Integer),
    sa.column("state", sa.String),
    sa.column("seal", sa.String),
)
place = sa.table("read_place", sa.column("contribution_id", sa.BigInteger), sa.column("position", sa.Integer))


def upgrade() -> None:
    sealed = sa.select(contribution.c.id).where(contribution.c.seal.is_not(None))
    op.execute(place.delete().where(place.c.contribution_id.in_(sealed)))
    _number()
    seq = sa.select(contribution.c.reply_seq).where(contribution.c.id == place.c.contribution_id)
    beyond = place.update().where(place.c.position >= UNSEEN_FROM)
    op.execute(beyond.values(position=seq.scalar_subquery()))


def _number() -> None:
    """In the order in which they were written; what is held has no position of its talk, and stays so."""
    mine = contribution.c
    shown = sa.and_(mine.root_id.is_not(None), mine.position >= UNSEEN_FROM, mine.state == "published")
    found = op.get_bind().execute(sa.select(mine.id, mine.root_id).where(shown).order_by(mine.id)).all()
    for reply_id, root_id in found:
        op.execute(contribution.update().where(mine.id == root_id).values(reply_seq=mine.reply_seq + 1))
        seq = op.get_bind().scalar(sa.select(mine.reply_seq).where(mine.id == root_id))
        numbered = contribution.update().where(mine.id == reply_id)
        op.execute(numbered.values(position=seq, version=mine.version + 1))


def downgrade() -> None:
    """What went named somebody, and what was numbered is right at every revision."""
