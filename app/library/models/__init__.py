"""Resources with versions and lineage, suggestions and the evidence on them, requests, collections."""

from app.library.models.licences import DEFAULT, LICENCES, Licence, licence_of, unchangeable, what_fits
from app.library.models.resources import FORMS, KIND, Adaptation, Resource, ResourceVersion, VersionFile
from app.library.models.suggesting import ResourceSuggestion
from app.library.models.using import (
    REQUEST,
    Collection,
    CollectionItem,
    RequestAnswer,
    RequestNeed,
    ResourceRequest,
    ResourceUse,
)

__all__ = [
    "DEFAULT",
    "FORMS",
    "KIND",
    "LICENCES",
    "REQUEST",
    "Adaptation",
    "Collection",
    "CollectionItem",
    "Licence",
    "RequestAnswer",
    "RequestNeed",
    "Resource",
    "ResourceRequest",
    "ResourceSuggestion",
    "ResourceUse",
    "ResourceVersion",
    "VersionFile",
    "licence_of",
    "unchangeable",
    "what_fits",
]
