"""A row that others point to can be deleted without reading every one of them."""

from typing import Any

from sqlalchemy import Table, UniqueConstraint

FEW = {
    "setup.network_id",
    "setup.account_id",
    "site.parent_id",
    "invitation.made_by_id",
    "invitation.site_id",
    "mail_invitation.invitation_id",
}
"""Of tables that stay small."""
NEVER_FOLLOWED_BACK = {"contribution.author_site_id"}
"""A site is only deleted with its network, and its contributions with it."""


def leading(table: Table) -> set[str]:
    """The columns with which an index of the table begins."""
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    every: list[Any] = [*table.indexes, *unique, table.primary_key]
    return {next(iter(each.columns)).name for each in every if len(each.columns)}


def test_every_reference_can_be_followed_back(db: Any) -> None:
    slow = {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if not table.name.startswith("test_") and key.parent.name not in leading(table)
    }
    assert slow == FEW | NEVER_FOLLOWED_BACK
