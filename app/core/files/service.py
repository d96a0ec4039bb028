"""Files as the features use them: receive, put, open, thumbnail, discard, sweep, and who may open what.

Nouns: a *stored file* is a row; its *scope* names the feature that decides who may open it. The *owner*
of an upload is a member; until the file is attached to something only the scope's own rule knows who sees
it.
Rules: bytes first, row second, so that a row never points at nothing; no byte moves inside a write
transaction; what nobody attached within a day goes, and so does a blob that no row knows.
Neighbours: features call `files.allow` once, `files.receive` from routes, `files.discard` inside
commands.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO, cast

from flask import Flask, current_app
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.core import clock
from app.core.command import command
from app.core.db import db, forbid_while_writing
from app.core.events import publish
from app.core.files.accept import Accepted, accept
from app.core.files.errors import Missing, Refused
from app.core.files.events import BlobsUnused, PictureStored
from app.core.files.kinds import BY_TYPE, PICTURE, reading_of
from app.core.files.local import LocalFiles, full_disk_said_kindly
from app.core.files.models import StoredFile
from app.core.files.names import kept_name
from app.core.files.pictures import PREVIEW_EDGE, THUMB_EDGE, thumbnails
from app.core.files.port import Blob, Store, is_key
from app.core.files.quota import require_room
from app.core.previews.studio import in_turn

Rule = Callable[[Any, StoredFile], bool]


class Files:
    """The one way to files; `files` in this package is its only instance."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def init_app(self, app: Flask) -> None:
        app.extensions["files"] = LocalFiles(app.config["FILES_DIR"])

    @property
    def store(self) -> Store:
        return current_app.extensions["files"]

    def allow(self, scope: str, rule: Rule) -> None:
        """Register who may open files of a scope: `(account or None, stored) -> bool`."""
        self._rules[scope] = rule

    def may_open(self, account: Any, stored: StoredFile) -> bool:
        """Whether the scope's rule says yes and the file is ready; without a rule nobody may."""
        return stored.state == "ready" and self.may_know(account, stored)

    def may_know(self, account: Any, stored: StoredFile) -> bool:
        """Whether the rule says yes to what is known of a file, be it ready or kept closed."""
        rule = self._rules.get(stored.scope)
        return rule is not None and rule(account, stored)

    def receive(
        self,
        upload: FileStorage,
        *,
        scope: str,
        network_id: int | None = None,
        uploader_id: int | None = None,
        pictures_only: bool = False,
    ) -> StoredFile:
        """Keep what a person uploaded. Raises Refused (and its kinds), StorageFull; then nothing is kept."""
        forbid_while_writing("an upload")
        require_room(uploader_id, network_id, _size_of(upload))
        with in_turn(uploader_id), full_disk_said_kindly():
            accepted = accept(
                cast(BinaryIO, upload.stream),
                upload.filename or "",
                upload.mimetype,
                most=current_app.config["MAX_UPLOAD_BYTES"],
                pictures_only=pictures_only,
            )
        return self._keep(accepted, scope, network_id, uploader_id, counted=True)

    def put(
        self,
        content: bytes | BinaryIO,
        *,
        name: str,
        media_type: str,
        scope: str,
        network_id: int | None = None,
        uploader_id: int | None = None,
    ) -> StoredFile:
        """Keep what this program made itself (an export, the demo); pictures are still written anew."""
        forbid_while_writing("storing a file")
        source = BytesIO(content) if isinstance(content, bytes) else content
        kind = BY_TYPE.get(media_type)
        if kind is not None and kind.family == PICTURE:
            accepted = accept(source, name, media_type, most=current_app.config["MAX_UPLOAD_BYTES"])
        else:
            accepted = Accepted(source, kept_name(name, kind.ending) if kind else name, media_type)
        return self._keep(accepted, scope, network_id, uploader_id)

    def find(self, key: str) -> StoredFile | None:
        """The row of a key, whoever may open it; callers ask `may_open`."""
        return db.session.scalar(select(StoredFile).where(StoredFile.key == key)) if is_key(key) else None

    def open(self, key: str) -> BinaryIO:
        """The bytes of a key, seekable, for jobs that read them. Raises Missing."""
        return self.store.open(key)

    def claim(self, key: str) -> None:
        """Inside a command: somebody uses this file now, so that the sweep leaves it alone."""
        if (stored := self.find(key)) is not None and stored.attached_at is None:
            stored.attached_at = clock.now()

    def discard(self, stored: StoredFile) -> None:
        """Inside a command: remove the row now, the bytes after the commit."""
        keys = stored.blob_keys
        db.session.delete(stored)
        publish(BlobsUnused(keys=keys))

    def delete(self, key: str) -> None:
        """Outside a command: remove row and bytes; gone already is fine."""
        forbid_while_writing("deleting a file")
        if (stored := self.find(key)) is not None:
            command(self.discard)(stored)

    def make_thumbnail(self, file_id: int) -> str | None:
        """Make and keep the small pictures of a stored one; the first's key. May be repeated. Worker only."""
        forbid_while_writing("a thumbnail")
        stored = db.session.get(StoredFile, file_id)
        if stored is None or stored.thumb_key or not stored.media_type.startswith("image/"):
            return stored.thumb_key if stored else None
        key, longest = stored.key, max(stored.width or 0, stored.height or 0)
        db.session.commit()
        try:
            with self.open(key) as source:
                edges = [THUMB_EDGE, PREVIEW_EDGE] if longest > THUMB_EDGE else [THUMB_EDGE]
                made = thumbnails(source, edges)
        except (Refused, Missing):
            return None
        return _set_thumb(file_id, [self.store.put(BytesIO(small.data)).key for small in made])

    def _keep(
        self,
        accepted: Accepted,
        scope: str,
        network_id: int | None,
        uploader_id: int | None,
        *,
        counted: bool = False,
    ) -> StoredFile:
        blob = self.store.put(accepted.source)
        try:
            return _record(accepted, blob, scope, network_id, uploader_id, counted)
        except BaseException:
            self.store.delete(blob.key)
            raise


def _size_of(upload: FileStorage) -> int:
    upload.stream.seek(0, 2)
    size = upload.stream.tell()
    upload.stream.seek(0)
    return size


@command
def _record(
    accepted: Accepted,
    blob: Blob,
    scope: str,
    network_id: int | None,
    uploader_id: int | None,
    counted: bool,
) -> StoredFile:
    if counted:
        require_room(uploader_id, network_id, blob.size)
    stored = StoredFile(
        key=blob.key,
        name=accepted.name,
        media_type=accepted.media_type,
        size=blob.size,
        sha256=blob.sha256,
        width=accepted.width,
        height=accepted.height,
        scope=scope,
        network_id=network_id,
        uploader_id=uploader_id,
        state="quarantined" if counted and current_app.config.get("CLAMD_URL") else "ready",
        reading=reading_of(accepted.media_type) if scope != "export" else "none",
        has_macros=accepted.has_macros,
        created_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    if accepted.width:
        publish(PictureStored(file_id=stored.id))
    return stored


@command
def _set_thumb(file_id: int, keys: list[str]) -> str | None:
    stored = db.session.get(StoredFile, file_id)
    if stored is None or stored.thumb_key:
        publish(BlobsUnused(keys=keys))
        return stored.thumb_key if stored else None
    stored.thumb_key, stored.preview_key = keys[0], keys[1] if len(keys) > 1 else None
    return stored.thumb_key


files = Files()
