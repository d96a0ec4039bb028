"""moderation: cases, reports, acts with letters, appeals, and a record that the database keeps as it is

Revision ID: 0007
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def keep_the_record() -> None:
    """No line is ever changed, and none goes before its network does."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER moderation_record_unchanged BEFORE UPDATE ON moderation_record "
            "BEGIN SELECT RAISE(ABORT, 'the record is written once'); END"
        )
        op.execute(
            "CREATE TRIGGER moderation_record_kept BEFORE DELETE ON moderation_record "
            "WHEN EXISTS (SELECT 1 FROM network WHERE network.id = OLD.network_id) "
            "BEGIN SELECT RAISE(ABORT, 'the record is written once'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION keep_moderation_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM network WHERE network.id = OLD.network_id) "
        "THEN RETURN OLD; END IF; RAISE EXCEPTION 'the record is written once'; END $$"
    )
    op.execute(
        "CREATE TRIGGER moderation_record_kept BEFORE UPDATE OR DELETE ON moderation_record "
        "FOR EACH ROW EXECUTE FUNCTION keep_moderation_record()"
    )


def upgrade() -> None:
    op.create_table(
        "moderation_record",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("member_id", BIG, nullable=True),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("norm_title", sa.String(length=80), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.id"],
            name=op.f("fk_moderation_record_network_id_network"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_record")),
    )
    with op.batch_alter_table("moderation_record") as batch:
        batch.create_index(batch.f("ix_moderation_record_member_id"), ["member_id"])
        batch.create_index(batch.f("ix_moderation_record_network_id_id"), ["network_id", "id"])

    op.create_table(
        "moderation_wish",
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("first_posts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.id"],
            name=op.f("fk_moderation_wish_network_id_network"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("network_id", name=op.f("pk_moderation_wish")),
    )
    op.create_table(
        "watch_word",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("pattern", sa.String(length=80), nullable=False),
        sa.Column("watch", sa.String(length=6), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_watch_word_network_id_network"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_word")),
        sa.UniqueConstraint("network_id", "pattern", name=op.f("uq_watch_word_network_id_pattern")),
    )
    op.create_table(
        "moderation_case",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("space_id", BIG, nullable=True),
        sa.Column("contribution_id", BIG, nullable=True),
        sa.Column("author_id", BIG, nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("claimed_by_id", BIG, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("open_key", sa.String(length=40), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["member.id"],
            name=op.f("fk_moderation_case_author_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"],
            ["member.id"],
            name=op.f("fk_moderation_case_claimed_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_moderation_case_contribution_id_contribution"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.id"],
            name=op.f("fk_moderation_case_network_id_network"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_moderation_case_space_id_space"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
        sa.UniqueConstraint("open_key", name=op.f("uq_moderation_case_open_key")),
    )
    with op.batch_alter_table("moderation_case") as batch:
        batch.create_index(batch.f("ix_moderation_case_author_id"), ["author_id"])
        batch.create_index(batch.f("ix_moderation_case_claimed_by_id"), ["claimed_by_id"])
        batch.create_index(batch.f("ix_moderation_case_contribution_id"), ["contribution_id"])
        batch.create_index("ix_moderation_case_queue", ["network_id", "state", "opened_at"])
        batch.create_index(batch.f("ix_moderation_case_space_id"), ["space_id"])

    op.create_table(
        "moderation_act",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("member_id", BIG, nullable=True),
        sa.Column("norm_ref", sa.String(length=40), nullable=False),
        sa.Column("norm_version", sa.Integer(), nullable=True),
        sa.Column("norm_title", sa.String(length=80), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["member.id"], name=op.f("fk_moderation_act_by_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_case.id"],
            name=op.f("fk_moderation_act_case_id_moderation_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_moderation_act_member_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network.id"],
            name=op.f("fk_moderation_act_network_id_network"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["member.id"],
            name=op.f("fk_moderation_act_undone_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    with op.batch_alter_table("moderation_act") as batch:
        batch.create_index(batch.f("ix_moderation_act_by_id"), ["by_id"])
        batch.create_index(batch.f("ix_moderation_act_case_id"), ["case_id"])
        batch.create_index(batch.f("ix_moderation_act_member_id_made_at"), ["member_id", "made_at"])
        batch.create_index(batch.f("ix_moderation_act_network_id_made_at"), ["network_id", "made_at"])
        batch.create_index(batch.f("ix_moderation_act_undone_by_id"), ["undone_by_id"])

    op.create_table(
        "moderation_note",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_case.id"],
            name=op.f("fk_moderation_note_case_id_moderation_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_moderation_note_member_id_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_note")),
    )
    with op.batch_alter_table("moderation_note") as batch:
        batch.create_index(batch.f("ix_moderation_note_case_id"), ["case_id"])
        batch.create_index(batch.f("ix_moderation_note_member_id"), ["member_id"])

    op.create_table(
        "moderation_party",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_case.id"],
            name=op.f("fk_moderation_party_case_id_moderation_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_moderation_party_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "member_id", "part", name=op.f("pk_moderation_party")),
    )
    with op.batch_alter_table("moderation_party") as batch:
        batch.create_index(batch.f("ix_moderation_party_member_id"), ["member_id"])

    op.create_table(
        "moderation_report",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("reporter_id", BIG, nullable=True),
        sa.Column("site_id", BIG, nullable=True),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("norm_ref", sa.String(length=40), nullable=False),
        sa.Column("norm_version", sa.Integer(), nullable=True),
        sa.Column("norm_title", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("copy", sa.JSON(), nullable=False),
        sa.Column("was_misuse", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_case.id"],
            name=op.f("fk_moderation_report_case_id_moderation_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["member.id"],
            name=op.f("fk_moderation_report_reporter_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_moderation_report_site_id_site"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_report")),
    )
    with op.batch_alter_table("moderation_report") as batch:
        batch.create_index(batch.f("ix_moderation_report_case_id"), ["case_id"])
        batch.create_index(batch.f("ix_moderation_report_reporter_id_made_at"), ["reporter_id", "made_at"])
        batch.create_index(batch.f("ix_moderation_report_site_id"), ["site_id"])

    op.create_table(
        "moderation_appeal",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("act_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["act_id"],
            ["moderation_act.id"],
            name=op.f("fk_moderation_appeal_act_id_moderation_act"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_case.id"],
            name=op.f("fk_moderation_appeal_case_id_moderation_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["member.id"],
            name=op.f("fk_moderation_appeal_decided_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_appeal")),
        sa.UniqueConstraint("act_id", name=op.f("uq_moderation_appeal_act_id")),
    )
    with op.batch_alter_table("moderation_appeal") as batch:
        batch.create_index(batch.f("ix_moderation_appeal_case_id"), ["case_id"])
        batch.create_index(batch.f("ix_moderation_appeal_decided_by_id"), ["decided_by_id"])

    with op.batch_alter_table("contribution") as batch:
        batch.add_column(sa.Column("slow_minutes", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("approval_until", sa.DateTime(timezone=True), nullable=True))

    keep_the_record()


def downgrade() -> None:
    with op.batch_alter_table("member") as batch:
        batch.drop_column("approval_until")
        batch.drop_column("paused_until")

    with op.batch_alter_table("contribution") as batch:
        batch.drop_column("slow_minutes")

    op.drop_table("moderation_appeal")
    op.drop_table("moderation_report")
    op.drop_table("moderation_party")
    op.drop_table("moderation_note")
    op.drop_table("moderation_act")
    op.drop_table("moderation_case")
    op.drop_table("watch_word")
    op.drop_table("moderation_wish")
    op.drop_table("moderation_record")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_moderation_record()")
