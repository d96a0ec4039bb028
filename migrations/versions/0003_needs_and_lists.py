"""who needs the same, lists that are retired or taken in parts, and uses counted by people

Revision ID: 0003
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTED = """
UPDATE resource SET uses = (
  SELECT COUNT({what}) FROM resource_use
  JOIN contribution ON contribution.id = resource_use.reply_id
  WHERE resource_use.contribution_id = resource.contribution_id AND contribution.state = 'published'
)
"""
PEOPLE = "DISTINCT COALESCE(contribution.author_id, -resource_use.reply_id)"


def upgrade() -> None:
    op.create_table(
        "request_need",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_request_need_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["contribution.id"],
            name=op.f("fk_request_need_request_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "member_id", name=op.f("pk_request_need")),
    )
    op.create_index(op.f("ix_request_need_member_id"), "request_need", ["member_id"])
    with op.batch_alter_table("framework") as batch:
        batch.add_column(sa.Column("left_out", sa.JSON(), server_default="{}", nullable=False))
        batch.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(COUNTED.format(what=PEOPLE))
    _say_people()


def _say_people() -> None:
    """Cards say by how many people; without it they show as many as there are uses, which is true of most."""
    card = sa.table(
        "contribution", sa.column("id", BIG), sa.column("card", sa.JSON), sa.column("version", sa.Integer)
    )
    resource = sa.table("resource", sa.column("contribution_id", BIG), sa.column("uses", sa.Integer))
    used = sa.select(card, resource.c.uses).join(resource, resource.c.contribution_id == card.c.id)
    for row in op.get_bind().execute(used.where(resource.c.uses > 0)).all():
        said = row.card.get("uses")
        if said:
            changed = {**row.card, "uses": {**said, "people": row.uses}}
            op.execute(card.update().where(card.c.id == row.id).values(card=changed, version=row.version + 1))


def downgrade() -> None:
    op.execute(COUNTED.format(what="*"))
    with op.batch_alter_table("framework") as batch:
        batch.drop_column("retired_at")
        batch.drop_column("left_out")
    op.drop_table("request_need")
