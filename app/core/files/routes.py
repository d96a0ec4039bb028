"""`/files/<key>`, its `/thumb` and `/preview`: any file, after its scope's permission check, else 404."""

from flask import Blueprint, Response, request
from flask_login import current_user

from app.core.access import NotFound
from app.core.doors import door
from app.core.files.errors import Missing
from app.core.files.models import StoredFile
from app.core.files.serve import Size, send
from app.core.files.service import files

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<key>")
@door("file")
def open_file(key: str) -> Response:
    """The file itself."""
    return _sent(_allowed(key))


@blueprint.get("/files/<key>/thumb")
@door("file")
def open_thumb(key: str) -> Response:
    """The small picture; the whole one until the small one is made."""
    return _sent(_picture(key), "thumb")


@blueprint.get("/files/<key>/preview")
@door("file")
def open_preview(key: str) -> Response:
    """The picture for a card's full width on a desk; the whole one until it is made."""
    return _sent(_picture(key), "preview")


def _picture(key: str) -> StoredFile:
    stored = _allowed(key)
    if not stored.media_type.startswith("image/"):
        raise NotFound
    return stored


def _allowed(key: str) -> StoredFile:
    stored = files.find(key)
    if stored is None or not files.may_open(current_user, stored):
        raise NotFound
    return stored


def _sent(stored: StoredFile, size: Size = "") -> Response:
    try:
        return send(files.store, stored, request, size)
    except Missing as error:
        raise NotFound from error
