"""A member's photo: checked by the files port, cut to a square, one small picture kept.

Rules: bytes move before and after the command, never inside; the photo before goes once the
new one stands.
"""

from werkzeug.datastructures import FileStorage

from app.core.files import files
from app.core.files.pictures import square_picture
from app.networks.actions.members import set_photo
from app.networks.models import Member

EDGE = 320
"""Pixels: twice the largest avatar and a bit."""


def take_photo(actor: Member, upload: FileStorage) -> None:
    """Make `upload` the member's own photo. Raises files.Refused with a sentence."""
    received = files.receive(
        upload, scope="photo", network_id=actor.network_id, uploader_id=actor.id, pictures_only=True
    )
    with files.open(received.key) as source:
        square = square_picture(source, EDGE)
    stored = files.put(
        square.data,
        name="photo.webp",
        media_type="image/webp",
        scope="photo",
        network_id=actor.network_id,
        uploader_id=actor.id,
    )
    files.delete(received.key)
    _replace(actor, stored.key)


def drop_photo(actor: Member) -> None:
    """Back to initials."""
    _replace(actor, None)


def _replace(actor: Member, key: str | None) -> None:
    old = set_photo(actor, actor, key)
    if old:
        files.delete(old)
