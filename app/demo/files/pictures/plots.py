"""Plots: number lines, dot plots, box plots, double number lines, bars, run charts.

`axis` is `[from, to, step]`; x, y and w (or h) say where the line lies.
"""

from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

from app.demo.files.pictures.canvas import Canvas

Axis = list[float]


def _at(value: float, x: float, w: float, axis: Axis) -> float:
    return x + (value - axis[0]) / (axis[1] - axis[0]) * w


def _ticks(axis: Axis) -> list[float]:
    low, high, step = axis
    return [low + step * number for number in range(round((high - low) / step) + 1)]


def _word(value: float) -> str:
    return f"{value:g}"


def number_line(c: Canvas, x: float, y: float, w: float, axis: Axis, opts: dict[str, Any]) -> None:
    """`opts`: `name` under the line, `ink`, `size`, `bare` for no numbers."""
    ink, size = opts.get("ink", "ink"), opts.get("size", 24)
    c.line([(x - 18, y), (x + w + 18, y)], ink, 3)
    for value in _ticks(axis):
        place = _at(value, x, w, axis)
        c.line([(place, y - 8), (place, y + 8)], ink, 3)
        if not opts.get("bare"):
            c.text(place, y + 28, _word(value), size, ink, "m")
    if "name" in opts:
        c.text(x + w / 2, y + 64, opts["name"], size, ink, "m")


def upright(c: Canvas, x: float, y: float, h: float, axis: Axis, opts: dict[str, Any]) -> None:
    """A vertical number line, from at the bottom; `hops` are [start, end, words]."""
    size = opts.get("size", 24)
    c.line([(x, y - 14), (x, y + h + 14)], "ink", 3)
    for value in _ticks(axis):
        place = y + h - (value - axis[0]) / (axis[1] - axis[0]) * h
        c.line([(x - 9, place), (x + 9, place)], "ink", 5 if value == 0 else 3)
        c.text(x - 20, place, _word(value), size, "ink", "r")
    for start, end, words in opts.get("hops", ()):
        low, high = (y + h - (v - axis[0]) / (axis[1] - axis[0]) * h for v in (start, end))
        c.line([(x + 30, low), (x + 58, (low + high) / 2), (x + 30, high)], "blue", 4)
        c.line([(x + 46, high + (16 if high < low else -16)), (x + 30, high), (x + 28, high + 20)], "blue", 4)
        c.text(x + 76, (low + high) / 2, words, size + 4, "blue")


def dots(
    c: Canvas, x: float, y: float, w: float, axis: Axis, data: list[float], opts: dict[str, Any]
) -> None:
    """A dot over the line for each value."""
    r = opts.get("r", 8)
    for value, count in sorted(Counter(data).items()):
        for level in range(count):
            c.disc(_at(value, x, w, axis), y - 16 - r - level * (2 * r + 3), r, opts.get("ink", "blue"))


def five_numbers(data: list[float]) -> list[float]:
    """Lowest, quartiles (medians of the halves, as taught), highest."""
    ordered = sorted(data)
    half = len(ordered) // 2
    lower, upper = ordered[:half], ordered[-half:]
    return [ordered[0], median(lower), median(ordered), median(upper), ordered[-1]]


def box_plot(
    c: Canvas, x: float, y: float, w: float, axis: Axis, data: list[float], opts: dict[str, Any]
) -> None:
    """The plot of the data's five numbers, its middle at y, `h` high; `words` names them."""
    h, ink = opts.get("h", 60), opts.get("ink", "blue")
    low, q1, mid, q3, high = (_at(value, x, w, axis) for value in five_numbers(data))
    if "fill" in opts:
        c.fill(q1, y - h / 2, q3 - q1, h, opts["fill"])
    c.box(q1, y - h / 2, q3 - q1, h, ink, 4)
    c.line([(mid, y - h / 2), (mid, y + h / 2)], ink, 5)
    for start, end in ((low, q1), (q3, high)):
        c.line([(start, y), (end, y)], ink, 4)
    for end in (low, high):
        c.line([(end, y - h / 4), (end, y + h / 4)], ink, 4)
    if "name" in opts:
        c.text(x, y - h / 2 - 24, opts["name"], opts.get("size", 26), ink)


def double(
    c: Canvas, x: float, y: float, w: float, over: list[str], under: list[str], opts: dict[str, Any]
) -> None:
    """A double number line, ticks evenly apart; `names` are of the two lines."""
    gap, ink = opts.get("gap", 90), opts.get("ink", "ink")
    for level in (0, gap):
        c.line([(x, y + level), (x + w + 30, y + level)], ink, 3)
    for number, (top, bottom) in enumerate(zip(over, under, strict=True)):
        place = x + w * number / (len(over) - 1)
        c.line([(place, y - 9), (place, y + 9)], ink, 3)
        c.line([(place, y + gap - 9), (place, y + gap + 9)], ink, 3)
        c.text(place, y - 30, top, 26, opts.get("over", "blue"), "m")
        c.text(place, y + gap + 32, bottom, 26, opts.get("under", "purple"), "m")
    for level, words in zip((0, gap), opts.get("names", ()), strict=False):
        c.text(x - 18, y + level, words, 24, ink, "r")


def bars(c: Canvas, x: float, y: float, size: list[float], values: list[float], opts: dict[str, Any]) -> None:
    """Touching bars with y at the foot; `labels` stand under their left edges."""
    w, h = size
    top, each = opts.get("top", max(values)), w / len(values)
    for number, value in enumerate(values):
        tall = value / top * h
        c.fill(x + number * each, y - tall, each, tall, opts.get("fill", "sky"))
        c.box(x + number * each, y - tall, each, tall, opts.get("ink", "blue"), 3)
    c.line([(x - 8, y), (x + w + 8, y)], "ink", 3)
    for number, label in enumerate(opts.get("labels", ())):
        c.text(x + number * each, y + 24, str(label), opts.get("size", 20), "ink", "m")
    if "name" in opts:
        c.text(x + w / 2, y - h - 34, opts["name"], 26, "ink", "m")


def run_chart(
    c: Canvas, x: float, y: float, size: list[float], values: list[float], opts: dict[str, Any]
) -> None:
    """Points joined in order over a dashed median; `top` is the axis's end."""
    w, h = size
    top, places = opts["top"], []
    c.line([(x, y), (x, y - h)], "grey", 2)
    c.line([(x, y), (x + w, y)], "grey", 2)
    for number, value in enumerate(values):
        places.append((x + 20 + (w - 40) * number / (len(values) - 1), y - value / top * h))
    centre = y - median(values) / top * h
    c.line([(x, centre), (x + w, centre)], "purple", 3, dashed=True)
    c.line(places, "teal", 3)
    for px, py in places:
        c.disc(px, py, 7, "teal")
    for number, label in enumerate(opts.get("labels", ())):
        c.text(places[number][0], y + 26, str(label), 20, "pencil", "m")
    for value in opts.get("levels", ()):
        c.text(x - 14, y - value / top * h, _word(value), 20, "pencil", "r")
    c.text(x, y - h - 36, opts.get("name", ""), 26, "ink")


OPS: dict[str, Callable[..., None]] = {
    "number_line": number_line,
    "upright": upright,
    "dots": dots,
    "box_plot": box_plot,
    "double": double,
    "bars": bars,
    "run_chart": run_chart,
}
