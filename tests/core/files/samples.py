"""Files made here for the tests: small, real, and some of them hostile."""

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

MARK = "CNRY-0123456789abcdef"
_ODT = "application/vnd.oasis.opendocument.text"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def sideways_with_place() -> bytes:
    """A JPEG that lies on its side and knows where and by what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = MARK
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (40.0, 26.0, 46.0)
    return picture(exif=exif, comment=MARK.encode())


def heic_from_a_phone() -> bytes:
    """A HEIC that lies on its side and knows where and by what it was taken."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = MARK
    exif.get_ifd(0x8825)[1] = "N"
    return picture("HEIF", exif=exif.tobytes())


def png_with_words() -> bytes:
    words = PngInfo()
    words.add_text("Comment", MARK)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{MARK}</x>")
    return picture("PNG", pnginfo=words)


def moving_gif(frames: int = 3, comment: bytes = MARK.encode()) -> bytes:
    images = [Image.new("RGB", (20, 20), (index * 20 % 256, index, 0)) for index in range(frames)]
    out = BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:], duration=70, comment=comment)
    return out.getvalue()


def archive(entries: dict[str, bytes], compress: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def odt(compress: bool = True) -> bytes:
    return archive({"mimetype": _ODT.encode(), "content.xml": b"<x/>"}, compress)


def real_office() -> dict[str, bytes]:
    """One file of each kind as the usual libraries write it."""
    import docx as word
    import openpyxl
    import pptx

    made: dict[str, bytes] = {}
    for ending, document in (
        (".docx", word.Document()),
        (".pptx", pptx.Presentation()),
        (".xlsx", openpyxl.Workbook()),
    ):
        out = BytesIO()
        document.save(out)
        made[ending] = out.getvalue()
    return made


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def multipart(field: str, content: bytes, name: str) -> dict[str, object]:
    """What a browser sends for one file, for `post(...)`; without the temporary files of the test client."""
    boundary, body = encode_multipart({field: FileStorage(BytesIO(content), filename=name)})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
