"""From a drawing to something like a snapshot: a ground under it, light, and grain."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Size = tuple[int, int]
MARGIN = 70


def as_photo(drawing: Image.Image, surface: str, chance: Random) -> Image.Image:
    """The drawing on its surface, as a phone would have taken it."""
    if surface == "paper":
        scene = _on_desk(drawing, chance)
    elif surface == "floor":
        scene = _ground(drawing.size, (176, 141, 102), chance, plank=drawing.height // 5)
        scene.paste(drawing, (0, 0), drawing)
    else:
        scene = _on_board(drawing)
    return _grain(_light(scene, chance), chance)


def _on_desk(drawing: Image.Image, chance: Random) -> Image.Image:
    sheet = Image.new("RGBA", drawing.size, (252, 250, 244, 255))
    sheet.alpha_composite(drawing)
    turned = sheet.rotate(chance.uniform(-2.2, 2.2), Image.Resampling.BICUBIC, expand=True)
    size = (drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN)
    scene = _ground(size, (150, 110, 76), chance, plank=size[1] // 4)
    place = ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2)
    shade = Image.new("L", size, 0)
    shade.paste(turned.getchannel("A").point(lambda alpha: alpha * 6 // 10), (place[0] + 9, place[1] + 14))
    small = shade.resize((size[0] // 4, size[1] // 4)).filter(ImageFilter.GaussianBlur(4)).resize(size)
    scene.paste((40, 28, 18), (0, 0), small)
    scene.paste(turned, place, turned)
    return scene


def _on_board(drawing: Image.Image) -> Image.Image:
    wide, high = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    scene = Image.new("RGB", (wide, high), (203, 196, 184))
    pen = ImageDraw.Draw(scene)
    frame = (MARGIN - 22, MARGIN - 22, wide - MARGIN + 22, high - MARGIN + 22)
    pen.rectangle(frame, fill=(150, 156, 160))
    pen.rectangle((MARGIN - 8, MARGIN - 8, wide - MARGIN + 8, high - MARGIN + 8), fill=(246, 248, 248))
    pen.rectangle(
        (MARGIN + 60, high - MARGIN + 14, wide - MARGIN - 60, high - MARGIN + 30), fill=(120, 126, 130)
    )
    for number, ink in enumerate(((36, 87, 166), (184, 50, 47), (35, 116, 74))):
        left = wide // 2 - 150 + number * 110
        pen.rounded_rectangle((left, high - MARGIN + 4, left + 84, high - MARGIN + 16), 5, fill=ink)
    scene.paste(drawing, (MARGIN, MARGIN), drawing)
    return scene


def _ground(size: Size, base: tuple[int, int, int], chance: Random, *, plank: int) -> Image.Image:
    """Wood: planks across, each with a tone of its own and fine lines along it."""
    wide, high = size
    scene = Image.new("RGB", size, base)
    pen = ImageDraw.Draw(scene)
    for top in range(0, high, plank):
        tone = chance.randint(-10, 10)
        pen.rectangle((0, top, wide, top + plank), fill=_shift(base, tone))
        for _line in range(plank // 3):
            y = top + chance.randint(0, plank)
            x = chance.randint(-200, wide)
            pen.line(
                (x, y, x + chance.randint(120, 700), y + chance.randint(-2, 2)), fill=_shift(base, tone - 9)
            )
        pen.line((0, top, wide, top), fill=_shift(base, -38), width=2)
    return scene.filter(ImageFilter.GaussianBlur(0.7))


def _shift(base: tuple[int, int, int], by: int) -> tuple[int, int, int]:
    red, green, blue = (max(0, min(255, part + by)) for part in base)
    return red, green, blue


def _light(scene: Image.Image, chance: Random) -> Image.Image:
    """A window on one side: bright there, darker in the far corner."""
    small = Image.new("L", (32, 24))
    cx, cy = chance.uniform(4, 14), chance.uniform(2, 8)
    for y in range(24):
        for x in range(32):
            far = ((x - cx) ** 2 + 1.4 * (y - cy) ** 2) ** 0.5
            small.putpixel((x, y), max(196, round(255 - 2.1 * far)))
    light = small.resize(scene.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(scene.convert("RGB"), Image.merge("RGB", (light, light, light)))


def _grain(scene: Image.Image, chance: Random) -> Image.Image:
    wide, high = scene.width // 2, scene.height // 2
    noise = Image.frombytes("L", (wide, high), chance.randbytes(wide * high)).resize(scene.size)
    layer = Image.merge("RGB", (noise, noise, noise))
    return Image.blend(scene, layer, 0.035)
