"""Things on a table or a floor: chips, cubes, strips, bows, sticky notes, stairs."""

from collections.abc import Callable

from app.demo.files.pictures.canvas import Canvas


def chips(c: Canvas, x: float, y: float, reds: int, yellows: int, opts: dict[str, int]) -> None:
    """Two-coloured counters in rows: negatives red, positives yellow."""
    r, across = opts.get("r", 30), opts.get("across", 5)
    for number in range(reds + yellows):
        down, over = divmod(number, across)
        red = number < reds
        px, py = x + over * r * 2.5, y + down * r * 2.5
        c.disc(px + 3, py + 4, r, "grey")
        c.disc(px, py, r, "red" if red else "yellow", rim="ink")
        c.text(px, py, "-" if red else "+", r, "white" if red else "ink", "m")


def cubes(c: Canvas, x: float, y: float, stacks: list[int], side: float = 34, name: str = "orange") -> None:
    """Towers of cubes on a common foot at y."""
    for tower, tall in enumerate(stacks):
        left = x + tower * side * 1.9
        for level in range(tall):
            top = y - (level + 1) * side
            c.fill(left, top, side, side, name)
            lid = [(left, top), (left + 8, top - 8), (left + side + 8, top - 8), (left + side, top)]
            c.shape(lid, "yellow")
            c.box(left, top, side, side, "ink", 2)


def strip(c: Canvas, x: float, y: float, w: float, h: float, name: str, words: str = "") -> None:
    """A strip of paper with words in the middle."""
    c.fill(x + 4, y + 5, w, h, "grey")
    c.fill(x, y, w, h, name)
    c.box(x, y, w, h, "ink", 2)
    if words:
        c.text(x + w / 2, y + h / 2, words, min(h * 0.5, 28), "ink", "m")


def bow(c: Canvas, x: float, y: float, size: float, name: str) -> None:
    """A tied bow, its knot at x, y."""
    for way in (-1, 1):
        loop = [(x, y), (x + way * size, y - size * 0.55), (x + way * size * 0.86, y + size * 0.5)]
        c.shape(loop, name)
        c.line([*loop, (x, y)], "ink", 2.5)
        c.line([(x, y), (x + way * size * 0.45, y + size * 1.1)], name, 9)
    c.disc(x, y, size * 0.2, name, rim="ink")


def sticky(c: Canvas, x: float, y: float, side: float, name: str, words: str, size: float = 24) -> None:
    """A sticky note; its words in lines."""
    c.fill(x + 5, y + 7, side, side, "grey")
    c.fill(x, y, side, side, name)
    for number, line in enumerate(words.split("\n")):
        c.text(x + 16, y + 30 + number * size * 1.3, line, size, "ink")


def stairs(c: Canvas, x: float, y: float, steps: int, run: float, rise: float) -> None:
    """A staircase seen from the side, going up to the right from x, y."""
    points = [(x, y)]
    for step in range(steps):
        points.append((x + step * run, y - (step + 1) * rise))
        points.append((x + (step + 1) * run, y - (step + 1) * rise))
    foot = (x + steps * run, y)
    c.shape([*points, foot], "pale")
    c.line([*points, foot, (x, y)], "ink", 4)


def slips(c: Canvas, x: float, y: float, count: int, w: float = 190, h: float = 120) -> None:
    """A pile of exit slips, a little fanned."""
    for _slip in range(count):
        dx, dy = c.chance.uniform(-12, 12), c.chance.uniform(-10, 10)
        left, top = x + dx, y + dy
        c.fill(left + 3, top + 4, w, h, "grey")
        c.fill(left, top, w, h, "white")
        c.box(left, top, w, h, "grey", 1.5)
        for row in range(3):
            end = left + w - c.chance.uniform(20, 90)
            c.line([(left + 14, top + 28 + row * 28), (end, top + 28 + row * 28)], "pencil", 2)


OPS: dict[str, Callable[..., None]] = {
    "chips": chips,
    "cubes": cubes,
    "strip": strip,
    "bow": bow,
    "sticky": sticky,
    "stairs": stairs,
    "slips": slips,
}
