"""Pictures (PNG, JPEG): clean charts, and drawings that look like a teacher's snapshots.

A picture is `{"on": surface, "size": [w, h], "draw": [[op, ...]]}`. The surface is `plain`
(a clean chart), `paper` (a sheet on a desk), `board` (a whiteboard) or `floor`. The ops are
in `marks`, `plots` and `things`; coordinates are pixels of the finished sheet.
"""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from app.demo.files.pictures import marks, plots, things
from app.demo.files.pictures.canvas import Canvas
from app.demo.files.pictures.photo import as_photo

Op = Callable[..., None]
OPS: dict[str, Op] = {**marks.OPS, **plots.OPS, **things.OPS}


def make_picture(spec: dict[str, Any], form: str) -> bytes:
    """The picture as bytes of `form`, PNG or JPEG."""
    image = draw(spec)
    out = BytesIO()
    if form == "JPEG":
        image.convert("RGB").save(out, "JPEG", quality=86)
    else:
        image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def draw(spec: dict[str, Any]) -> Image.Image:
    surface = spec.get("on", "plain")
    wide, high = spec["size"]
    chance = Random(spec.get("seed", 7))
    canvas = Canvas(wide, high, chance, by_hand=surface != "plain", clear=surface != "plain")
    for op, *arguments in spec["draw"]:
        OPS[op](canvas, *arguments)
    image = canvas.finished()
    return image if surface == "plain" else as_photo(image, surface, chance)
