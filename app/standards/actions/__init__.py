"""The verbs of standards: import a framework, choose which are used, put one away."""

from app.standards.actions.asking import (
    ask_for_import,
    drop_import,
    finish_import,
    show_import,
    take_import,
)
from app.standards.actions.choosing import choose_frameworks
from app.standards.actions.importing import AlreadyShared, Report, import_packages
from app.standards.actions.retiring import retire_framework, use_again

__all__ = [
    "AlreadyShared",
    "Report",
    "ask_for_import",
    "choose_frameworks",
    "drop_import",
    "finish_import",
    "import_packages",
    "retire_framework",
    "show_import",
    "take_import",
    "use_again",
]
