"""Marks: words, lines, arrows, tallies, tables. Ops take a canvas and what they draw."""

from collections.abc import Callable
from math import atan2, cos, pi, sin
from typing import Any

from app.demo.files.pictures.canvas import Canvas


def text(
    c: Canvas, x: float, y: float, words: str, size: float = 28, name: str = "ink", at: str = "l"
) -> None:
    for number, line in enumerate(words.split("\n")):
        c.text(x, y + number * size * 1.3, line, size, name, at)


def line(c: Canvas, points: list[list[float]], name: str = "ink", width: float = 3, style: str = "") -> None:
    c.line([(x, y) for x, y in points], name, width, dashed=style == "dashed")


def box(c: Canvas, x: float, y: float, w: float, h: float, name: str = "ink", width: float = 3) -> None:
    c.box(x, y, w, h, name, width)


def fill(c: Canvas, x: float, y: float, w: float, h: float, name: str) -> None:
    c.fill(x, y, w, h, name)


def arrow(c: Canvas, x0: float, y0: float, x1: float, y1: float, name: str = "ink", label: str = "") -> None:
    c.line([(x0, y0), (x1, y1)], name, 4)
    turn = atan2(y1 - y0, x1 - x0)
    for side in (-1, 1):
        back = turn + pi + side * 0.5
        c.line([(x1, y1), (x1 + 18 * cos(back), y1 + 18 * sin(back))], name, 4)
    if label:
        c.text((x0 + x1) / 2 + 14, (y0 + y1) / 2, label, 30, name)


def bend(
    c: Canvas, x0: float, x1: float, y: float, name: str = "ink", label: str = "", high: float = 46
) -> None:
    """A curved arrow over two places of a line or a table's columns."""
    middle, points = (x0 + x1) / 2, []
    for step in range(13):
        part = step / 12
        points.append((x0 + (x1 - x0) * part, y - high * 4 * part * (1 - part)))
    c.line(points, name, 4)
    way = 1 if x1 > x0 else -1
    c.line([(x1 - way * 18, y - 14), (x1, y), (x1 + way * 2, y - 22)], name, 4)
    if label:
        c.text(middle, y - high - 20, label, 28, name, "m")


def tally(c: Canvas, x: float, y: float, count: int, name: str = "pencil") -> None:
    """Counts in fives; 34 px high."""
    for mark in range(count):
        five, place = divmod(mark, 5)
        left = x + five * 62
        if place < 4:
            c.line([(left + place * 11, y), (left + place * 11 + 2, y + 34)], name, 3)
        else:
            c.line([(left - 7, y + 28), (left + 42, y + 6)], name, 3)


def table(
    c: Canvas, x: float, y: float, cell: list[float], rows: list[list[Any]], opts: dict[str, Any]
) -> None:
    """`opts`: size of letters, `head` colour, and `red`: [row, column] places in red."""
    w, h = cell
    size, red = opts.get("size", 30), [tuple(place) for place in opts.get("red", ())]
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            left, top = x + column * w, y + row_number * h
            if row_number == 0 and "head" in opts:
                c.fill(left, top, w, h, opts["head"])
            c.box(left, top, w, h, opts.get("pen", "ink"), 2.5)
            name = "red" if (row_number, column) in red else opts.get("ink", "ink")
            c.text(left + w / 2, top + h / 2, str(value), size, name, "m")


OPS: dict[str, Callable[..., None]] = {
    "text": text,
    "line": line,
    "box": box,
    "fill": fill,
    "arrow": arrow,
    "bend": bend,
    "tally": tally,
    "table": table,
}
