"""Portraits for some members: paper-cut shapes in quiet colours, until there are photos.

They are not faces: a hill, a sun, a river, a few leaves, so that a directory with pictures
can be seen before anybody has uploaded one. A key always gives the same picture.
"""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIDE = 256
OVER = 3
GROUNDS = ("#f3e3c8", "#dfeae6", "#e9e1ee", "#f2dcd3", "#dbe6f0", "#e8ead6")
PALETTES = (
    ("#0f6259", "#4b8f7a", "#c98a3b"),
    ("#355c7d", "#6c8fae", "#d9a066"),
    ("#7d4f35", "#b07a52", "#5d7a57"),
    ("#6b4683", "#9d7bb0", "#d08f6e"),
    ("#8c3f4d", "#c0757b", "#466a7c"),
    ("#4b6b3c", "#86a065", "#c26d45"),
)


def make_portrait(key: str) -> bytes:
    """A square JPEG, 256 pixels wide."""
    chance = Random(f"portrait {key}")
    image = Image.new("RGB", (SIDE * OVER, SIDE * OVER), chance.choice(GROUNDS))
    pen = ImageDraw.Draw(image)
    dark, middle, warm = chance.choice(PALETTES)
    _sun(pen, chance, warm)
    for number, ink in enumerate((middle, dark)):
        _hill(pen, chance, ink, top=0.5 + 0.2 * number)
    _leaves(pen, chance, warm)
    out = BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
    return out.getvalue()


def _sun(pen: ImageDraw.ImageDraw, chance: Random, ink: str) -> None:
    full = SIDE * OVER
    x, y, r = (
        chance.uniform(0.3, 0.7) * full,
        chance.uniform(0.24, 0.4) * full,
        chance.uniform(0.12, 0.2) * full,
    )
    pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)


def _hill(pen: ImageDraw.ImageDraw, chance: Random, ink: str, *, top: float) -> None:
    full = SIDE * OVER
    x, high = chance.uniform(0, 1) * full, (top + chance.uniform(-0.06, 0.06)) * full
    wide = chance.uniform(0.8, 1.3) * full
    pen.ellipse((x - wide, high, x + wide, high + 2.2 * wide), fill=ink)


def _leaves(pen: ImageDraw.ImageDraw, chance: Random, ink: str) -> None:
    full = SIDE * OVER
    x, foot = chance.uniform(0.2, 0.8) * full, 0.96 * full
    pen.line((x, foot, x, 0.62 * full), fill=ink, width=OVER * 4)
    for number in range(3):
        y, way = (0.64 + 0.1 * number) * full, (-1) ** number
        tip, belly = x + way * 0.15 * full, x + way * 0.08 * full
        pen.polygon(
            (
                (x, y + 0.05 * full),
                (belly, y - 0.04 * full),
                (tip, y - 0.05 * full),
                (belly, y + 0.04 * full),
            ),
            fill=ink,
        )
