"""The forms of the library, split by noun."""

from app.library.forms.resources import AdaptForm, ResourceForm, VersionForm, rich
from app.library.forms.using import CollectionForm, RequestForm, UseForm

__all__ = ["AdaptForm", "CollectionForm", "RequestForm", "ResourceForm", "UseForm", "VersionForm", "rich"]
