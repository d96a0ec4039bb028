"""The verbs of standards: import a framework, choose which are used."""

from app.standards.actions.asking import ask_for_import, finish_import
from app.standards.actions.choosing import choose_frameworks
from app.standards.actions.importing import AlreadyShared, Report, import_packages

__all__ = [
    "AlreadyShared",
    "Report",
    "ask_for_import",
    "choose_frameworks",
    "finish_import",
    "import_packages",
]
