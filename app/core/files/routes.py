"""`/files/<key>` and `/files/<key>/thumb`: any file, after its scope's permission check, else 404."""

from flask import Blueprint, Response, request
from flask_login import current_user

from app.core.access import NotFound
from app.core.doors import door
from app.core.files.errors import Missing
from app.core.files.models import StoredFile
from app.core.files.serve import send
from app.core.files.service import files

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<key>")
@door("file")
def open_file(key: str) -> Response:
    """The file itself."""
    return _sent(_allowed(key), small=False)


@blueprint.get("/files/<key>/thumb")
@door("file")
def open_thumb(key: str) -> Response:
    """The small picture; the whole one until the small one is made."""
    stored = _allowed(key)
    if not stored.media_type.startswith("image/"):
        raise NotFound
    return _sent(stored, small=True)


def _allowed(key: str) -> StoredFile:
    stored = files.find(key)
    if stored is None or not files.may_open(current_user, stored):
        raise NotFound
    return stored


def _sent(stored: StoredFile, *, small: bool) -> Response:
    try:
        return send(files.store, stored, request, small=small)
    except Missing as error:
        raise NotFound from error
