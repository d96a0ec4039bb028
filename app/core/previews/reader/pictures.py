"""Pictures: measured, turned upright, and written anew without what they knew about the place and the camera.

Rules: the size in pixels is read before anything is decoded; only formats that we take are ever tried; every
picture that people see was written here, so nothing hidden in the original reaches them.
Neighbours: `core.files.pictures` asks for it from outside, in a process of its own; the demo draws its own.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import pi_heif
from PIL import Image, ImageCms, ImageOps, ImageSequence

from app.core.previews.reader import bounds
from app.core.previews.reader.finding import Damaged, TooMuch

MOST_PIXELS = bounds.PICTURE_PIXELS
MOST_FRAMES = 300
MOST_MOVING_PIXELS = 100_000_000
LONGEST_EDGE = bounds.PICTURE_EDGE
THUMB_EDGE = 480
PREVIEW_EDGE = 1_280
_FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
pi_heif.register_heif_opener(thumbnails=False)
# Cameras' MPO is a JPEG with more pictures behind it; the JPEG reader finds that out by itself.
_TRIED = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
Image.preinit()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class TooManyPixels(TooMuch):
    """More than MOST_PIXELS."""


class TooManyFrames(TooMuch):
    """A moving picture that is too long or too large."""


@dataclass(frozen=True)
class Picture:
    """A picture written anew: its bytes, its media type and its size in pixels, upright."""

    data: bytes
    media_type: str
    width: int
    height: int


def clean(source: BinaryIO) -> Picture:
    """The picture without metadata, upright, at most LONGEST_EDGE on its longer edge.

    Raises TooManyPixels, TooManyFrames, Damaged.
    """
    with _opened(source) as image:
        return _moving(image) if _moves(image) else _still(image)


def small(source: BinaryIO, edge: int = THUMB_EDGE) -> Picture:
    """A small WebP for cards, at most `edge` wide and high. Raises like `clean`."""
    with _opened(source) as image:
        image.draft("RGB", (edge * 2, edge * 2))
        made = _plain(image)
        made.thumbnail((edge, edge))
        return _written(made, "WEBP", quality=78, method=4)


def square(source: BinaryIO, edge: int) -> Picture:
    """A WebP as wide as high, cut a little above the middle, where faces are. Raises like `clean`."""
    with _opened(source) as image:
        image.draft("RGB", (edge * 2, edge * 2))
        upright = _plain(image).convert("RGB")
        made = ImageOps.fit(upright, (edge, edge), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
        return _written(made, "WEBP", quality=80, method=4)


def _opened(source: BinaryIO) -> Image.Image:
    source.seek(0)
    try:
        image = Image.open(source, formats=_TRIED)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooManyPixels from error
    except (OSError, SyntaxError) as error:
        raise Damaged from error
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    return image


def _moves(image: Image.Image) -> bool:
    return image.format == "GIF" and getattr(image, "n_frames", 1) > 1


def _still(image: Image.Image) -> Picture:
    kept = "JPEG" if image.format in ("MPO", "HEIF") else str(image.format)
    if max(image.size) > LONGEST_EDGE:
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    plain = _plain(image)
    plain.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    if kept == "JPEG":
        return _written(plain.convert("RGB"), kept, quality=88, optimize=True, progressive=True)
    return _written(plain, kept, **({"quality": 86} if kept == "WEBP" else {}))


def _moving(image: Image.Image) -> Picture:
    count = getattr(image, "n_frames", 1)
    if count > MOST_FRAMES or count * image.width * image.height > MOST_MOVING_PIXELS:
        raise TooManyFrames
    pauses: list[int] = []
    frames: list[Image.Image] = []
    for frame in ImageSequence.Iterator(image):
        pauses.append(int(frame.info.get("duration", 100)))
        frames.append(_bare(frame.convert("RGBA")))
    return _written(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=pauses, loop=0, disposal=2
    )


def _plain(image: Image.Image) -> Image.Image:
    """Upright, in ordinary colours, without anything but pixels."""
    upright = ImageOps.exif_transpose(image)
    if upright.info.get("icc_profile"):
        upright = _in_ordinary_colours(upright)
    if upright.mode not in ("RGB", "RGBA", "L", "P", "LA"):
        upright = upright.convert("RGB")
    if upright.mode in ("P", "LA"):
        upright = upright.convert("RGBA")
    return _bare(upright)


def _in_ordinary_colours(image: Image.Image) -> Image.Image:
    try:
        mode = "RGBA" if image.mode in ("RGBA", "LA", "PA") else "RGB"
        source = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _bare(image: Image.Image) -> Image.Image:
    bare = image.copy()
    bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
    return bare


def _written(image: Image.Image, form: str, **options: Any) -> Picture:
    out = BytesIO()
    image.save(out, form, **options)
    return Picture(out.getvalue(), _FORMATS[form], image.width, image.height)
