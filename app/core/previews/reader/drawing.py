"""Pictures of sections: small, as WebP, without what the original knew about itself."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from app.core.previews.reader import bounds
from app.core.previews.reader.finding import Finding, Section

Image.MAX_IMAGE_PIXELS = bounds.PICTURE_PIXELS
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
SMALLEST = 48
"""Pixels of an edge below which a picture is a decoration."""


def keep(image: Any, section: Section, finding: Finding) -> None:
    """Write the picture of a section; of the first also the small one for lists."""
    image.thumbnail((bounds.PAGE_WIDTH, bounds.PAGE_HEIGHT))
    section.picture = f"{section.number}.webp"
    section.width, section.height = image.size
    image.save(finding.folder / section.picture, "WEBP", quality=78, method=2)
    finding.pictures += 1
    if not (finding.folder / "thumb.webp").exists():
        image.thumbnail((bounds.THUMB, bounds.THUMB))
        image.save(finding.folder / "thumb.webp", "WEBP", quality=78, method=2)


def keep_embedded(content: bytes, section: Section, finding: Finding) -> None:
    """The same for a picture that a document holds; one that cannot be read is passed over."""
    if section.picture or not finding.may_draw:
        return
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            if min(image.size) < SMALLEST or image.width * image.height > bounds.PICTURE_PIXELS:
                return
            image.draft("RGB", (bounds.PAGE_WIDTH, bounds.PAGE_HEIGHT))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
            ground = Image.new("RGB", upright.size, "white")
            ground.paste(upright, mask=upright.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return
    keep(ground, section, finding)
