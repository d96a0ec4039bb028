"""numbered norms: refs that outlive a version, and norms that groups add

Revision ID: 0006
Revises: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
VERSIONS = sa.table(
    "norms_version",
    sa.column("id", BIG),
    sa.column("network_id", BIG),
    sa.column("version", sa.Integer()),
    sa.column("norms", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "group_norms",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("space_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("norms", sa.JSON(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["adopted_by_id"],
            ["member.id"],
            name=op.f("fk_group_norms_adopted_by_id_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_group_norms_space_id_space"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_norms")),
        sa.UniqueConstraint("space_id", "version", name=op.f("uq_group_norms_space_id_version")),
    )
    with op.batch_alter_table("group_norms") as batch:
        batch.create_index(batch.f("ix_group_norms_adopted_by_id"), ["adopted_by_id"])
    _give_refs()


def downgrade() -> None:
    op.drop_table("group_norms")
    for row in _versions():
        _keep(row, [{key: norm[key] for key in norm if key != "ref"} for norm in _norms(row)])


def _give_refs() -> None:
    """A norm that kept its title, or else its meaning, from one version to the next is the same norm."""
    network, last, before = None, 0, list[dict[str, str]]()
    for row in _versions():
        if row.network_id != network:
            network, last, before = row.network_id, 0, []
        made: list[dict[str, str]] = []
        for norm in _norms(row):
            used = {each["ref"] for each in made}
            free = [each for each in before if each["ref"] not in used]
            ref = _same("title", norm, free) or _same("meaning", norm, free)
            if not ref:
                last += 1
                ref = f"n{last}"
            made.append({"ref": ref, **norm})
        _keep(row, made)
        before = made


def _same(key: str, norm: dict[str, str], free: list[dict[str, str]]) -> str:
    words = norm.get(key)
    return next((each["ref"] for each in free if words and each.get(key) == words), "")


def _versions() -> Any:
    order = (VERSIONS.c.network_id, VERSIONS.c.version)
    return op.get_bind().execute(sa.select(VERSIONS).order_by(*order)).all()


def _norms(row: Any) -> list[dict[str, str]]:
    return row.norms if isinstance(row.norms, list) else []


def _keep(row: Any, norms: list[dict[str, str]]) -> None:
    if isinstance(row.norms, list):
        op.get_bind().execute(VERSIONS.update().where(VERSIONS.c.id == row.id).values(norms=norms))
