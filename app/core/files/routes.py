"""`/files/<key>`, its `/thumb`, `/preview` and `/page/<n>`: after its scope's permission check, else 404."""

from flask import Blueprint, Response, request
from flask_login import current_user

from app.core.access import NotFound
from app.core.db import db
from app.core.doors import door
from app.core.files.errors import Missing
from app.core.files.models import FileText, StoredFile
from app.core.files.serve import send
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
    stored = _picture(key)
    return _sent(stored, stored.thumb_key, is_small=True)


@blueprint.get("/files/<key>/preview")
@door("file")
def open_preview(key: str) -> Response:
    """The picture for a card's full width on a desk; the whole one until it is made."""
    stored = _picture(key)
    return _sent(stored, stored.preview_key or stored.thumb_key, is_small=True)


@blueprint.get("/files/<key>/page/<int:number>")
@door("file")
def open_page(key: str, number: int) -> Response:
    """The picture of one page or slide."""
    stored = _allowed(key)
    text = db.session.get(FileText, (stored.id, number))
    if text is None or not text.picture_key:
        raise NotFound
    return _sent(stored, text.picture_key, is_small=True)


def _picture(key: str) -> StoredFile:
    stored = _allowed(key)
    if not stored.thumb_key and not stored.media_type.startswith("image/"):
        raise NotFound
    return stored


def _allowed(key: str) -> StoredFile:
    stored = files.find(key)
    if stored is None or not files.may_open(current_user, stored):
        raise NotFound
    return stored


def _sent(stored: StoredFile, picture: str | None = None, *, is_small: bool = False) -> Response:
    try:
        return send(files.store, stored, request, picture=picture, is_small=is_small)
    except Missing as error:
        raise NotFound from error
