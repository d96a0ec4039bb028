"""The forms of the library, split by noun."""

from app.library.forms.many import ManyForm, RowForm
from app.library.forms.resources import AUTHORS_AT_MOST, AdaptForm, ResourceForm, VersionForm, rich
from app.library.forms.suggesting import SuggestForm
from app.library.forms.using import CollectionForm, LicenceForm, RequestForm, UseForm

__all__ = [
    "AUTHORS_AT_MOST",
    "AdaptForm",
    "CollectionForm",
    "LicenceForm",
    "ManyForm",
    "RequestForm",
    "ResourceForm",
    "RowForm",
    "SuggestForm",
    "UseForm",
    "VersionForm",
    "rich",
]
