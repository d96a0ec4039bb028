"""A canvas: lines and letters, ruled when clean, a little unsteady when by hand.

Drawn at twice the size and reduced at the end, which smooths every edge. The only face is
the one that comes inside Pillow, so that the result is the same on every machine; it has
plain ASCII letters.
"""

from functools import cache
from itertools import pairwise
from math import pi, sin
from random import Random

from PIL import Image, ImageColor, ImageDraw, ImageFont

Point = tuple[float, float]
OVER = 2
COLOURS = {
    "ink": "#22303c",
    "pencil": "#4d5560",
    "blue": "#2457a6",
    "red": "#b8322f",
    "green": "#23744a",
    "purple": "#6b4683",
    "orange": "#b5601d",
    "teal": "#0f6259",
    "yellow": "#f2cf55",
    "rose": "#f0a6a0",
    "sky": "#a9cbea",
    "mint": "#a8d8b4",
    "grey": "#b4bac0",
    "pale": "#eceae4",
    "white": "#ffffff",
    "tape": "#d8b36a",
}


@cache
def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def colour(name: str) -> tuple[int, ...]:
    """One of our colours by its name."""
    return ImageColor.getrgb(COLOURS[name])


class Canvas:
    """Coordinates and widths are in finished pixels."""

    def __init__(self, wide: int, high: int, chance: Random, *, by_hand: bool, clear: bool) -> None:
        self.wide, self.high = wide, high
        self.chance, self.by_hand = chance, by_hand
        ground = (255, 255, 255, 0) if clear else (255, 255, 255, 255)
        self.image = Image.new("RGBA", (wide * OVER, high * OVER), ground)
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.resize((self.wide, self.high), Image.Resampling.LANCZOS)

    def line(self, points: list[Point], name: str = "ink", width: float = 3, *, dashed: bool = False) -> None:
        for start, end in pairwise(points):
            path = self._path(start, end)
            if dashed:
                for place in range(0, len(path) - 1, 2):
                    self._stroke(path[place : place + 2], name, width)
            else:
                self._stroke(path, name, width)

    def box(self, x: float, y: float, w: float, h: float, name: str = "ink", width: float = 3) -> None:
        self.line([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], name, width)

    def fill(self, x: float, y: float, w: float, h: float, name: str, *, round_by: float = 0) -> None:
        corners = (x * OVER, y * OVER, (x + w) * OVER, (y + h) * OVER)
        self.pen.rounded_rectangle(corners, radius=round_by * OVER, fill=colour(name))

    def disc(self, x: float, y: float, r: float, name: str, *, rim: str | None = None) -> None:
        x, y = self._shaken(x, y, 0.8)
        corners = ((x - r) * OVER, (y - r) * OVER, (x + r) * OVER, (y + r) * OVER)
        self.pen.ellipse(corners, fill=colour(name), outline=colour(rim) if rim else None, width=2 * OVER)

    def shape(self, points: list[Point], name: str) -> None:
        self.pen.polygon([(x * OVER, y * OVER) for x, y in points], fill=colour(name))

    def text(
        self, x: float, y: float, words: str, size: float = 28, name: str = "ink", at: str = "l"
    ) -> None:
        """`at` says where x is in the words: l(eft), m(iddle), r(ight). y is the middle."""
        face = _face(round(size * OVER))
        x = x * OVER - {"l": 0, "m": 0.5, "r": 1}[at] * face.getlength(words)
        if not self.by_hand:
            self.pen.text((x, y * OVER), words, fill=colour(name), font=face, anchor="lm")
            return
        for letter in words:
            self._letter(x, y * OVER, letter, round(size * OVER), name)
            x += face.getlength(letter)

    def _letter(self, x: float, y: float, letter: str, size: int, name: str) -> None:
        """One letter, turned and lifted a little, as hands do."""
        if letter == " ":
            return
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size * 0.5, size), letter, fill=255, font=_face(size), anchor="lm")
        tile = tile.rotate(self.chance.uniform(-5, 5), Image.Resampling.BICUBIC)
        lift = self.chance.uniform(-0.035, 0.035) * size
        place = (round(x - size * 0.5), round(y - size + lift))
        self.image.paste(Image.new("RGBA", tile.size, (*colour(name), 255)), place, tile)

    def _shaken(self, x: float, y: float, by: float) -> Point:
        if not self.by_hand:
            return x, y
        return x + self.chance.uniform(-by, by), y + self.chance.uniform(-by, by)

    def _path(self, start: Point, end: Point) -> list[Point]:
        """The points from start to end, with a slow wave across when drawn by hand."""
        (x0, y0), (x1, y1) = start, end
        length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1)
        steps = max(int(length / 9), 1)
        swing = min(1.6, length / 60) if self.by_hand else 0
        phase, waves = self.chance.uniform(0, 2 * pi), length / self.chance.uniform(120, 220)
        path = []
        for step in range(steps + 1):
            part = step / steps
            off = swing * sin(phase + waves * 2 * pi * part)
            path.append(
                (
                    x0 + (x1 - x0) * part - (y1 - y0) / length * off,
                    y0 + (y1 - y0) * part + (x1 - x0) / length * off,
                )
            )
        return path

    def _stroke(self, path: list[Point], name: str, width: float) -> None:
        scaled = [(x * OVER, y * OVER) for x, y in path]
        self.pen.line(scaled, fill=colour(name), width=max(round(width * OVER), 1), joint="curve")
        r = width * OVER / 2
        for x, y in (scaled[0], scaled[-1]):
            self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour(name))
