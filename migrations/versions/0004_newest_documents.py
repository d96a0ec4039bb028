"""newest documents of the search first, their words in their rows

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_search_document_newest", "search_document", ["network_id", "published_at", "owner"])
    _lay("MAIN")


def downgrade() -> None:
    _lay("EXTENDED")
    op.drop_index("ix_search_document_newest", table_name="search_document")


def _lay(storage: str) -> None:
    # Rows that are there stay as they lie; a new layout of the index has them all written anew.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE search_document ALTER COLUMN words SET STORAGE {storage}")
