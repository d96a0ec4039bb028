"""What happens to files, for the worker: a picture wants its small copy, blobs want removing."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class PictureStored(Event):
    """A picture was uploaded."""

    file_id: int


@dataclass(frozen=True)
class FileRead(Event):
    """What is inside a file is known now, or that it cannot be."""

    file_id: int


@dataclass(frozen=True)
class BlobsUnused(Event):
    """These keys belong to no row any more."""

    keys: list[str]
