"""Reading standards: packages, the tree, codes in a text, and how often each is named."""

from app.standards.queries.finding import (
    branch_ids,
    chosen,
    find_codes,
    frameworks_of,
    get_standard,
    pick_from,
    standards_by_id,
    standards_in,
    standards_of_code,
)
from app.standards.queries.naming import MOST, Pick, picks_from

__all__ = [
    "MOST",
    "Pick",
    "branch_ids",
    "chosen",
    "find_codes",
    "frameworks_of",
    "get_standard",
    "pick_from",
    "picks_from",
    "standards_by_id",
    "standards_in",
    "standards_of_code",
]
