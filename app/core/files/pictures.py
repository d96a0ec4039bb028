"""Pictures as the files port needs them: cleaned, made small, cut square, never decoded in this process.

Neighbours: `core.previews.studio` does it in a process of its own; here a state becomes a sentence.
"""

from collections.abc import Sequence
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.errors import Refused, TooLarge
from app.core.previews import process, studio
from app.core.previews.studio import Made as Picture

__all__ = ["PREVIEW_EDGE", "THUMB_EDGE", "Picture", "clean_picture", "square_picture", "thumbnails"]
THUMB_EDGE = 480
PREVIEW_EDGE = 1_280


def clean_picture(source: BinaryIO) -> Picture:
    """The picture without metadata, upright, of a bounded size.

    Raises Refused where it cannot be read, TooLarge above what may be decoded.
    """
    return _drawn([("clean", 0)], source)[0]


def thumbnails(source: BinaryIO, edges: Sequence[int] = (THUMB_EDGE,)) -> list[Picture]:
    """Small WebPs for cards, each at most so wide and high. Raises like `clean_picture`."""
    return _drawn([("small", edge) for edge in edges], source)


def square_picture(source: BinaryIO, edge: int) -> Picture:
    """A WebP as wide as high. Raises like `clean_picture`."""
    return _drawn([("square", edge)], source)[0]


def _drawn(tasks: Sequence[tuple[str, int]], source: BinaryIO) -> list[Picture]:
    source.seek(0)
    with process.laid_out(source, "") as (copy, folder):
        state, made = studio.draw(tasks, copy, folder)
    if state == "pixels":
        raise TooLarge(_("This picture has more than 50 million pixels. A smaller copy is welcome."))
    if state == "frames":
        raise TooLarge(_("This moving picture is too long or too large. A shorter one is welcome."))
    if state == "large":
        raise TooLarge(_("This picture takes too much to open. A smaller copy is welcome."))
    if state != "read":
        raise Refused(_("This picture could not be read. Saving or exporting it again often helps."))
    return made
