"""What comes in: every kind that we take does, and nothing that only pretends to be one."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from app.core.files.accept import Accepted, accept
from app.core.files.archives import MOST_ENTRIES, OLE, has_contents
from app.core.files.errors import Refused, TooLarge
from app.core.files.kinds import MOST as MOST_OF
from app.core.files.kinds import PICTURE, TEXT
from app.core.files.pictures import THUMB_EDGE, thumbnails
from tests.core.files.samples import (
    MARK,
    PDF,
    archive,
    docx,
    heic_from_a_phone,
    moving_gif,
    odt,
    picture,
    png_with_words,
    real_office,
    sideways_with_place,
)

pytestmark = pytest.mark.usefixtures("in_app")
MOST = 25 * 1024 * 1024


def take(content: bytes, name: str, declared: str | None = None, **options: bool) -> Accepted:
    return accept(BytesIO(content), name, declared, most=MOST, **options)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (picture("JPEG"), "board.JPEG", "image/jpeg"),
        (picture("PNG"), "board.png", "image/png"),
        (picture("WEBP"), "board.webp", "image/webp"),
        (moving_gif(), "board.gif", "image/gif"),
        (PDF, "plan.pdf", "application/pdf"),
        (odt(), "plan.odt", "application/vnd.oasis.opendocument.text"),
        ("grade;tries\n6;½".encode(), "tries.csv", "text/csv"),
        ("½ cup".encode("cp1252"), "notes.txt", "text/plain"),
        ("½ cup".encode("utf-16"), "notes.txt", "text/plain"),
    ],
)
def test_what_we_take(content: bytes, name: str, media_type: str) -> None:
    assert take(content, name).media_type == media_type
    assert take(content, name, media_type).source.read(4)


def test_office_files_as_the_usual_programs_write_them() -> None:
    for ending, content in real_office().items():
        assert take(content, f"Unit 3{ending}").name == f"Unit 3{ending}"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "notes.txt"),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "drawing.svg"),
        ("<html>".encode("utf-16"), "notes.txt"),
        (b"<?xml version='1.0'?><x/>", "table.csv"),
        (b"MZ\x90\x00" + b"\x00" * 100, "setup.txt"),
        (b"MZ\x90\x00" + b"\x00" * 100, "setup.exe"),
        (PDF, "plan.docx"),
        (PDF, "plan.exe"),
        (b"junk\n" + PDF, "plan.pdf"),
        (picture(), "photo.pdf"),
        (picture()[:40], "photo.jpg"),
        (picture("BMP"), "photo.bmp"),
        (picture("TIFF"), "photo.png"),
        (archive({"a.txt": b"x"}), "all.zip"),
        (archive({"a.txt": b"x"}), "plan.docx"),
        (docx(), "plan.xlsx"),
        (docx()[:-30], "plan.xlsx"),
        (docx()[:-30], "plan"),
        (archive({"a.txt": b"x" * 400})[:-30], "plan.docx"),
        (odt(compress=False)[:-30], "plan.odp"),
        (b"PK\x03\x04" + b"x" * 200, "plan.docx"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "plan.doc"),
        (b"plain words", "readme.md"),
        (b"plain words", "readme"),
        (b"", "plan.pdf"),
    ],
)
def test_what_we_refuse_with_a_sentence(content: bytes, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        take(content, name)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "application/x-msdownload", "image/png"])
def test_a_declaration_that_does_not_fit_is_refused(declared: str) -> None:
    assert take(PDF, "plan.pdf", "application/octet-stream")
    with pytest.raises(Refused, match="browser"):
        take(PDF, "plan.pdf", declared)


def test_one_picture_format_named_as_another_is_set_right() -> None:
    assert take(picture("PNG"), "IMG_1.jpg", "image/jpeg").name == "IMG_1.png"


def test_only_pictures_where_a_picture_is_wanted() -> None:
    with pytest.raises(Refused, match="picture"):
        take(PDF, "me.pdf", pictures_only=True)


@pytest.mark.parametrize("content", [sideways_with_place(), png_with_words(), moving_gif()])
def test_pictures_forget_what_they_knew(content: bytes) -> None:
    assert MARK.encode() in content
    source = take(content, "photo.png").source
    assert MARK.encode() not in source.read()
    with Image.open(source) as image:
        assert not image.getexif()
        assert not {"comment", "xmp", "exif", "icc_profile"} & set(image.info)


def test_pictures_stand_upright_and_are_measured() -> None:
    accepted = take(sideways_with_place(), "photo.jpg")
    assert (accepted.width, accepted.height) == (40, 60)
    with Image.open(accepted.source) as image:
        assert image.size == (40, 60)


@pytest.mark.parametrize(
    ("name", "declared"), [("IMG_1.HEIC", "image/heic"), ("IMG_1.heif", ""), ("a.jpg", "image/jpeg")]
)
def test_a_phones_heic_becomes_an_upright_jpeg_that_knows_nothing(name: str, declared: str) -> None:
    content = heic_from_a_phone()
    assert MARK.encode() in content
    accepted = take(content, name, declared)
    assert (accepted.media_type, accepted.width, accepted.height) == ("image/jpeg", 40, 60)
    assert accepted.name.endswith(".jpg")
    data = accepted.source.read()
    assert MARK.encode() not in data
    with Image.open(BytesIO(data)) as image:
        assert not image.getexif()


@pytest.mark.parametrize("content", [heic_from_a_phone()[:300], heic_from_a_phone()[:40]])
def test_a_broken_heic_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="could not be read"):
        take(content, "IMG_1.heic")


def test_a_moving_picture_still_moves() -> None:
    with Image.open(take(moving_gif(4), "wave.gif").source) as image:
        assert getattr(image, "n_frames", 1) == 4


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    wide = BytesIO()
    Image.new("1", (10_001, 5_000)).save(wide, "PNG")
    assert len(wide.getvalue()) < 20_000
    with pytest.raises(TooLarge, match="pixels"):
        take(wide.getvalue(), "wall.png")
    endless = BytesIO()
    Image.new("1", (20_000, 20_000)).save(endless, "PNG")
    with pytest.raises(TooLarge, match="pixels"):
        take(endless.getvalue(), "wall.png")


def test_too_many_frames_are_refused() -> None:
    with pytest.raises(TooLarge, match="long"):
        take(moving_gif(301), "wave.gif")


def test_sizes() -> None:
    with pytest.raises(TooLarge, match="25 MB"):
        take(PDF + b"0" * MOST, "plan.pdf")
    with pytest.raises(TooLarge, match="20 MB"):
        take(picture() + b"0" * MOST_OF[PICTURE], "photo.jpg")
    with pytest.raises(TooLarge, match="5 MB"):
        take(b"x" * (MOST_OF[TEXT] + 1), "notes.txt")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(**{"word/big.xml": b"0" * 40_000_000}), "plan.docx"),
        (docx(**{f"word/{index}": b"" for index in range(MOST_ENTRIES)}), "plan.docx"),
        (docx()[:-30], "plan.docx"),
        (odt(compress=False)[:-30], "plan.odt"),
        (real_office()[".pptx"][:9_000], "show.pptx"),
        (real_office()[".xlsx"][:-400], "table.xlsx"),
        (docx(**{"word/vbaProject.bin": b"x"})[:-30], "plan.docm"),
    ],
    ids=["ratio", "entries", "docx", "odt", "pptx", "xlsx", "docm"],
)
def test_what_is_not_whole_or_far_too_much_is_kept_as_what_it_is(content: bytes, name: str) -> None:
    assert len(content) < 2_000_000
    accepted = take(content, name)
    assert accepted.name == name
    assert accepted.source.read() == content


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("declared", ["mimetype", "[Content_Types].xml"])
def test_packing_that_cannot_be_unpacked_piece_by_piece_is_refused_before_it_is(
    packing: int, declared: str
) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w") as target:
        target.writestr("word/document.xml", b"<w/>")
        target.writestr(declared, b"0" * 60_000_000, compress_type=packing)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="packed in a way"):
            take(bomb.getvalue(), "x.docx")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_names_that_say_to_be_long_cost_nothing() -> None:
    part = b"PK\x03\x04" + bytes(22) + b"\xff\xff\x00\x00"
    first = b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 10, 0) + b"word/a.xml "
    content = first + b"".join(part + struct.pack("<L", index) + b"A" * 10 for index in range(4_000))
    tracemalloc.start()
    try:
        assert take(content + b"B" * 66_000, "x.docx").name == "x.docx"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def listing(entries: bytes, said: int = 1) -> BytesIO:
    """An archive whose end says that its table has so many entries."""
    end = struct.pack("<4s4xHHLLH", b"PK\x05\x06", said, said, len(entries), 30, 0)
    return BytesIO(b"PK\x03\x04" + bytes(26) + entries + end)


def entry(name: bytes, beside: bytes = b"") -> bytes:
    return struct.pack("<4s24xHHH12x", b"PK\x01\x02", len(name), len(beside), 0) + name + beside


def test_the_table_of_contents_is_counted_not_believed() -> None:
    assert has_contents(listing(entry(b"a") * 3))
    assert not has_contents(listing(entry(b"a") * (MOST_ENTRIES + 1)))
    assert not has_contents(listing(entry(b"000000") * 40_000))
    assert not has_contents(listing(entry(b"a", bytes(2_000))))
    assert not has_contents(listing(entry(b"a") + b"PK"))
    assert has_contents(BytesIO(docx()))


def test_a_broken_one_with_macros_must_say_so_too() -> None:
    with pytest.raises(Refused, match="macros"):
        take(docx(**{"word/vbaProject.bin": b"x"})[:-30], "plan.docx")


@pytest.mark.parametrize("name", ["../up.xml", "/abs.xml", "word/../../x"])
def test_entries_outside_the_archive(name: str) -> None:
    for content in (docx(**{name: b""}), docx(**{name: b""})[:-30]):
        with pytest.raises(Refused, match="damaged"):
            take(content, "plan.docx")


def test_macros_and_locked_files() -> None:
    with pytest.raises(Refused, match="macros"):
        take(docx(**{"word/vbaProject.bin": b"x"}), "plan.docx")
    flagged = take(docx(**{"word/vbaProject.bin": b"x"}), "plan.docm")
    assert flagged.has_macros
    assert flagged.media_type.endswith("macroEnabled.12")
    assert not take(docx(), "plan.docx").has_macros
    locked = bytearray(docx())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert take(bytes(locked), "plan.docx").media_type.endswith("wordprocessingml.document")
    ole = OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    assert take(ole, "plan.docx").media_type.endswith("wordprocessingml.document")


def test_thumbnails_are_small_webp() -> None:
    (small,) = thumbnails(BytesIO(picture("JPEG", (1600, 900))))
    assert (small.media_type, small.width, small.height) == ("image/webp", THUMB_EDGE, 270)
    with Image.open(BytesIO(small.data)) as image:
        assert image.format == "WEBP"
    with pytest.raises(Refused):
        thumbnails(BytesIO(PDF))
