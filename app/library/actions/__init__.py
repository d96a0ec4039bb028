"""What people do in the library, split by noun; each verb is a command."""

from app.library.actions.adding import (
    Said,
    add_many,
    add_resource,
    edit_resource,
    mask_of,
    names_of,
    said_in,
)
from app.library.actions.erasing import erase_library
from app.library.actions.using import How, say_used
from app.library.actions.versions import add_version, keep_version, restore_version

__all__ = [
    "How",
    "Said",
    "add_many",
    "add_resource",
    "add_version",
    "edit_resource",
    "erase_library",
    "keep_version",
    "mask_of",
    "names_of",
    "restore_version",
    "said_in",
    "say_used",
]
