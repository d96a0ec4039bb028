"""suggestions, files that were taken away, and what the line of a copy needs

Revision ID: 0002
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state = 'open'")
KEEP = """
UPDATE adaptation SET
  source_title = COALESCE((SELECT title FROM contribution WHERE contribution.id = source_id), ''),
  source_authors = COALESCE((SELECT authors FROM resource WHERE resource.contribution_id = source_id), ''),
  source_licence = COALESCE((SELECT licence FROM resource WHERE resource.contribution_id = source_id), '')
"""


def upgrade() -> None:
    table = "resource_suggestion"
    op.create_table(
        table,
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("contribution_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("word", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_resource_suggestion_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_resource_suggestion_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_suggestion")),
    )
    op.create_index(op.f("ix_resource_suggestion_contribution_id"), table, ["contribution_id"])
    op.create_index(op.f("ix_resource_suggestion_member_id"), table, ["member_id"])
    op.create_index(
        "uq_resource_suggestion_open",
        table,
        ["contribution_id", "member_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    with op.batch_alter_table("adaptation") as batch:
        batch.add_column(sa.Column("source_title", sa.String(200), server_default="", nullable=False))
        batch.add_column(sa.Column("source_authors", sa.String(200), server_default="", nullable=False))
        batch.add_column(sa.Column("source_licence", sa.String(20), server_default="", nullable=False))
    op.execute(KEEP)
    with op.batch_alter_table("resource_version") as batch:
        batch.add_column(sa.Column("files_taken", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("resource_version") as batch:
        batch.drop_column("files_taken")
    with op.batch_alter_table("adaptation") as batch:
        for name in ("source_licence", "source_authors", "source_title"):
            batch.drop_column(name)
    op.drop_table("resource_suggestion")
