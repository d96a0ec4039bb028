"""A member's photo: checked by the files port, cut to a square, one small picture kept.

Rules: bytes move before and after the command, never inside; the photo before goes once the
new one stands.
"""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage

from app.core.files import files
from app.core.native import run_native
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
        square = run_native(_square, source)
    stored = files.put(
        square,
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


def _square(source: BinaryIO) -> bytes:
    with Image.open(source) as image:
        small = ImageOps.fit(
            image.convert("RGB"), (EDGE, EDGE), Image.Resampling.LANCZOS, centering=(0.5, 0.35)
        )
    target = BytesIO()
    small.save(target, "WEBP", quality=80, method=4)
    return target.getvalue()
