"""Props: the demo's files and portraits, stored before the rows that point to them."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from app.core.files import files
from app.core.files.kinds import reading_of
from app.core.files.port import Blob
from app.core.previews.reader.pictures import PREVIEW_EDGE, THUMB_EDGE, clean, small
from app.demo.content import FileSpec, Script
from app.demo.content.shelves import files_of_library
from app.demo.files import MEDIA_TYPES, make, make_portrait

WITH_PORTRAIT = frozenset(
    [
        "lena",
        "tomas",
        "ana",
        "faye",
        "june",
        "walt",
        "priya",
        "kofi",
        "hector",
        "rosa",
        "imani",
        "greta",
        "bianca",
        "teresa",
        "renee",
        "nora",
        "wanda",
    ]
)
"""Whose picture is drawn; the others show their initials."""


@dataclass(frozen=True)
class Prop:
    """A stored file without its row: the blob, what it is called, and its small picture."""

    blob: Blob
    name: str
    media_type: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    thumb_key: str | None = None
    preview_key: str | None = None

    @property
    def key(self) -> str:
        return self.blob.key

    def row(self, scope: str, network_id: int, uploader_id: int, at: datetime) -> dict[str, Any]:
        """The columns of its `StoredFile`, apart from the id."""
        return {
            "key": self.blob.key,
            "name": self.name,
            "media_type": self.media_type,
            "size": self.blob.size,
            "sha256": self.blob.sha256,
            "width": self.width,
            "height": self.height,
            "thumb_key": self.thumb_key,
            "preview_key": self.preview_key,
            "scope": scope,
            "network_id": network_id,
            "uploader_id": uploader_id,
            "state": "ready",
            "reading": reading_of(self.media_type),
            "created_at": at,
            "attached_at": at,
        }

    def on_card(self) -> dict[str, Any]:
        """What a card shows of a file."""
        return {
            "key": self.blob.key,
            "name": self.name,
            "type": self.media_type,
            "size": self.blob.size,
            "width": self.width,
            "height": self.height,
            "alt": self.alt,
        }


class Props:
    """All files of a script, stored; `clear()` takes the bytes away again."""

    def __init__(self, script: Script) -> None:
        self._keys: list[str] = []
        self._data: dict[str, bytes] = {}
        try:
            self.files = {key: self._keep(spec) for key, spec in script.files.items()}
            drawn = [person.key for person in script.people if person.key in WITH_PORTRAIT]
            # A file belongs to one contribution: what is in the library too is stored once more.
            wanted = files_of_library(script.slug)
            self.library = {key: self._keep(script.files[key]) for key in wanted}
            self.photos = {key: self._portrait(key) for key in drawn}
        except BaseException:
            self.clear()
            raise

    def clear(self) -> None:
        for key in self._keys:
            files.store.delete(key)

    def _keep(self, spec: FileSpec) -> Prop:
        data = self._data.get(spec.key) or make(spec)
        self._data[spec.key] = data
        if spec.ending in ("jpg", "png"):
            return self._picture(data, spec.name, spec.alt)
        return Prop(self._put(data), spec.name, MEDIA_TYPES[spec.ending])

    def _portrait(self, key: str) -> Prop:
        return self._picture(make_portrait(key), "photo.jpg", "")

    def _picture(self, data: bytes, name: str, alt: str) -> Prop:
        # Our own drawings need no process of their own.
        whole = clean(BytesIO(data))
        edges = [THUMB_EDGE, PREVIEW_EDGE] if max(whole.width, whole.height) > THUMB_EDGE else [THUMB_EDGE]
        keys = [self._put(small(BytesIO(data), edge).data).key for edge in edges]
        kept = self._put(whole.data)
        return Prop(kept, name, whole.media_type, alt, whole.width, whole.height, *keys)

    def _put(self, data: bytes) -> Blob:
        blob = files.store.put(BytesIO(data))
        self._keys.append(blob.key)
        return blob
