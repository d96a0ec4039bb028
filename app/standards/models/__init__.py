"""Frameworks, their standards, and which network uses which."""

from app.standards.models.codes import normalise_code, short_code, spellings
from app.standards.models.frameworks import Framework, FrameworkChoice, Standard, StandardLink
from app.standards.models.imports import FrameworkImport
from app.standards.models.words import RELATION_WORDS, RELATIONS, name_of, relation_word

__all__ = [
    "RELATIONS",
    "RELATION_WORDS",
    "Framework",
    "FrameworkChoice",
    "FrameworkImport",
    "Standard",
    "StandardLink",
    "name_of",
    "normalise_code",
    "relation_word",
    "short_code",
    "spellings",
]
