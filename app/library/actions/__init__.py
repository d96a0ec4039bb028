"""What people do in the library, split by noun; each verb is a command."""

from app.library.actions.adapting import Clash, NotThere, adapt, copy_files, drop_copies
from app.library.actions.adding import (
    OutOfSight,
    Said,
    add_resource,
    edit_resource,
    names_of,
    said_in,
)
from app.library.actions.collecting import (
    Arranged,
    Full,
    collect,
    drop_collection,
    edit_collection,
    start_collection,
)
from app.library.actions.erasing import erase_library
from app.library.actions.requesting import (
    answer_request,
    ask_for,
    edit_request,
    get_request,
    need_too,
    say_met,
)
from app.library.actions.settling import settle_licence
from app.library.actions.suggesting import (
    NothingNew,
    decline_suggestion,
    different,
    forget_suggestions,
    suggest,
    take_suggestion,
    withdraw_suggestion,
)
from app.library.actions.tables import MANY, TABLE, add_many, begin_table, drop_table, keep_table, table_of
from app.library.actions.taking_in import take_in
from app.library.actions.using import How, change_use, say_used
from app.library.actions.versions import (
    StillUsed,
    add_version,
    keep_version,
    restore_version,
    take_file_away,
    take_resource_version_away,
)

__all__ = [
    "MANY",
    "TABLE",
    "Arranged",
    "Clash",
    "Full",
    "How",
    "NotThere",
    "NothingNew",
    "OutOfSight",
    "Said",
    "StillUsed",
    "adapt",
    "add_many",
    "add_resource",
    "add_version",
    "answer_request",
    "ask_for",
    "begin_table",
    "change_use",
    "collect",
    "copy_files",
    "decline_suggestion",
    "different",
    "drop_collection",
    "drop_copies",
    "drop_table",
    "edit_collection",
    "edit_request",
    "edit_resource",
    "erase_library",
    "forget_suggestions",
    "get_request",
    "keep_table",
    "keep_version",
    "names_of",
    "need_too",
    "restore_version",
    "said_in",
    "say_met",
    "say_used",
    "settle_licence",
    "start_collection",
    "suggest",
    "table_of",
    "take_file_away",
    "take_in",
    "take_resource_version_away",
    "take_suggestion",
    "withdraw_suggestion",
]
