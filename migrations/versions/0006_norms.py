"""norms by ref, proposals to change them, norms that groups add, and the stamp "stays in this space"

Revision ID: 0006
Revises: 0001
"""

import html
import re
from datetime import UTC, datetime
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
GROUPS = sa.table("group", sa.column("space_id", BIG), sa.column("norms", sa.Text()))
GROUP_NORMS = sa.table(
    "group_norms",
    sa.column("space_id", BIG),
    sa.column("version", sa.Integer()),
    sa.column("norms", sa.JSON()),
    sa.column("adopted_at", sa.DateTime(timezone=True)),
)
BLOCKS = re.compile(
    r"<(?:li|p|div|h\d|blockquote)[^>]*>(.*?)(?=</?(?:li|p|div|ul|ol|h\d|blockquote)\b|$)", re.S
)
Norms = list[dict[str, str]]


def upgrade() -> None:
    _group_norms()
    _proposals()
    with op.batch_alter_table("norms_version") as batch:
        batch.add_column(sa.Column("adopted_by_id", BIG, nullable=True))
        batch.add_column(sa.Column("why", sa.String(500), server_default="", nullable=False))
        batch.create_index(batch.f("ix_norms_version_adopted_by_id"), ["adopted_by_id"])
        batch.create_foreign_key(
            batch.f("fk_norms_version_adopted_by_id_member"),
            "member",
            ["adopted_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.add_column("member", sa.Column("norms_put_off", sa.Integer(), nullable=True))
    op.add_column(
        "member", sa.Column("norms_hint_away", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("space_member", sa.Column("norms_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contribution", sa.Column("stays", sa.Boolean(), server_default=sa.false(), nullable=False))
    _give_refs()
    _number_what_groups_wrote()
    with op.batch_alter_table("group") as batch:
        batch.drop_column("norms")


def downgrade() -> None:
    with op.batch_alter_table("group") as batch:
        batch.add_column(sa.Column("norms", sa.Text(), server_default="", nullable=False))
    _write_out_what_groups_numbered()
    for row in _versions():
        _keep(row, [{key: norm[key] for key in norm if key != "ref"} for norm in _norms(row)])
    op.drop_column("contribution", "stays")
    op.drop_column("space_member", "norms_seen_at")
    op.drop_column("member", "norms_hint_away")
    op.drop_column("member", "norms_put_off")
    with op.batch_alter_table("norms_version") as batch:
        batch.drop_constraint(batch.f("fk_norms_version_adopted_by_id_member"), type_="foreignkey")
        batch.drop_index(batch.f("ix_norms_version_adopted_by_id"))
        batch.drop_column("why")
        batch.drop_column("adopted_by_id")
    op.drop_table("norms_proposal")
    op.drop_table("group_norms")


def _group_norms() -> None:
    op.create_table(
        "group_norms",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("space_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("norms", sa.JSON(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by_id", BIG, nullable=True),
        _points_to("group_norms", "adopted_by_id", "member", "SET NULL"),
        _points_to("group_norms", "space_id", "space", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_norms")),
        sa.UniqueConstraint("space_id", "version", name=op.f("uq_group_norms_space_id_version")),
    )
    op.create_index(op.f("ix_group_norms_adopted_by_id"), "group_norms", ["adopted_by_id"])


def _proposals() -> None:
    op.create_table(
        "norms_proposal",
        sa.Column("contribution_id", BIG, nullable=False),
        sa.Column("network_id", BIG, nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("word", sa.String(500), nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        _points_to("norms_proposal", "contribution_id", "contribution", "CASCADE"),
        _points_to("norms_proposal", "decided_by_id", "member", "SET NULL"),
        _points_to("norms_proposal", "network_id", "network", "CASCADE"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_norms_proposal")),
    )
    op.create_index(op.f("ix_norms_proposal_network_id_state"), "norms_proposal", ["network_id", "state"])
    op.create_index(op.f("ix_norms_proposal_decided_by_id"), "norms_proposal", ["decided_by_id"])


def _points_to(table: str, column: str, target: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)


def _give_refs() -> None:
    """A norm that kept its title, or else its meaning, from one version to the next is the same norm."""
    network, last, before = None, 0, Norms()
    for row in _versions():
        if row.network_id != network:
            network, last, before = row.network_id, 0, []
        made: Norms = []
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


def _same(key: str, norm: dict[str, str], free: Norms) -> str:
    words = norm.get(key)
    return next((each["ref"] for each in free if words and each.get(key) == words), "")


def _versions() -> Any:
    order = (VERSIONS.c.network_id, VERSIONS.c.version)
    return op.get_bind().execute(sa.select(VERSIONS).order_by(*order)).all()


def _norms(row: Any) -> Norms:
    return row.norms if isinstance(row.norms, list) else []


def _keep(row: Any, norms: Norms) -> None:
    if isinstance(row.norms, list):
        op.get_bind().execute(VERSIONS.update().where(VERSIONS.c.id == row.id).values(norms=norms))


def _number_what_groups_wrote() -> None:
    """Each paragraph or point of a group's free text becomes a norm of its own."""
    bind = op.get_bind()
    for group in bind.execute(sa.select(GROUPS).where(GROUPS.c.norms != "")).all():
        norms = []
        for words in _blocks(group.norms):
            title, meaning = (words, "") if len(words) <= 80 else _split(words)
            ref = f"g{group.space_id}.{len(norms) + 1}"
            norms.append({"ref": ref, "title": title, "meaning": meaning, "example": ""})
        if norms:
            row = {"space_id": group.space_id, "version": 1, "norms": norms}
            bind.execute(GROUP_NORMS.insert().values(**row, adopted_at=datetime.now(UTC)))


def _blocks(rich: str) -> list[str]:
    found = BLOCKS.findall(rich) or [rich]
    plain = (" ".join(html.unescape(re.sub(r"<[^>]+>", " ", block)).split()) for block in found)
    return [block for block in plain if block][:20]


def _split(words: str) -> tuple[str, str]:
    """A title of at most 80 letters, and all of it as the meaning."""
    first = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]
    title = first if len(first) <= 80 else first[:79].rsplit(" ", 1)[0] + "…"
    return title, words


def _write_out_what_groups_numbered() -> None:
    bind = op.get_bind()
    for row in bind.execute(sa.select(GROUP_NORMS).order_by(GROUP_NORMS.c.version)).all():
        norms = row.norms if isinstance(row.norms, list) else []
        said = (norm["meaning"] or norm["title"] for norm in norms)
        text = "".join(f"<li>{html.escape(words, quote=False)}</li>" for words in said)
        rich = f"<ol>{text}</ol>" if text else ""
        bind.execute(GROUPS.update().where(GROUPS.c.space_id == row.space_id).values(norms=rich))
