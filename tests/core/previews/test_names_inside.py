"""Where programs write who made a file: each such place is emptied, and a name that stays is told."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from app.core.previews.reader.finding import Finding
from app.core.previews.reader.slides import read as read_slides
from app.core.previews.reader.strip import StillNamed, strip
from app.core.previews.reader.word import read as read_word
from tests.core.previews import samples

NAME = "Renée Calloway"
NAMES = (NAME, "calloway.r@school.example")
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD, SHEET = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
SHOW = f"{OFFICE}presentationml.presentation"
WORKBOOK = "xl/workbook.xml"
PATH = (
    '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x15"><a:absPath xmlns:a="urn:a" '
    'url="C:\\Users\\Renee.Calloway\\"/></mc:Choice></mc:AlternateContent>'
)
TEMPLATE = (
    '<Relationships xmlns="urn:r"><Relationship Id="r" Type="t/attachedTemplate" '
    'Target="file:///C:\\Users\\Renee.Calloway\\x.dotx" TargetMode="External"/></Relationships>'
)


def photo() -> bytes:
    out, picture = io.BytesIO(), Image.new("RGB", (8, 8))
    about = picture.getexif()
    about[0x13B] = "Renee Calloway"
    picture.save(out, "JPEG", exif=about)
    return out.getvalue()


def within(content: bytes, part: str, before: str, more: str) -> bytes:
    """An archive with `more` put into a part, before some words of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            said = old.read(name)
            new.writestr(
                name, said.replace(before.encode(), (more + before).encode()) if name == part else said
            )
    return out.getvalue()


def pdf(page: bytes, more: bytes) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>" + page + b">>", more]
    out, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


ABOUT = b"<x:xmpmeta><dc:creator>Renee Calloway</dc:creator></x:xmpmeta>"
COMMENT = "<w:comments xmlns:w='urn:w'><w:comment w:author {} w:id='1'/></w:comments>"
PLACES = {
    "path": (SHEET, within(samples.sheets(), WORKBOOK, "<sheets>", PATH)),
    "sharing": (
        SHEET,
        within(samples.sheets(), WORKBOOK, "<sheets>", '<fileSharing userName="Renee Calloway"/>'),
    ),
    "revisions": (
        SHEET,
        samples.with_part(samples.sheets(), "xl/revisions/userNames.xml", b"<u n='Calloway'/>"),
    ),
    "persons": (
        SHEET,
        samples.with_part(
            samples.sheets(), "xl/persons/person.xml", b"<l><person displayName='Calloway'/></l>"
        ),
    ),
    "properties": (
        WORD,
        samples.with_part(samples.word(), "package/services/metadata/core-properties/1.psmdcp", ABOUT),
    ),
    "custom": (WORD, samples.with_part(samples.word(), "customXml/item7.xml", b"<a>Calloway</a>")),
    "template": (WORD, samples.with_part(samples.word(), "word/_rels/settings.xml.rels", TEMPLATE.encode())),
    "people": (WORD, samples.with_part(samples.word(), "word/people.xml", b"<p author='Calloway'/>")),
    "single": (
        WORD,
        samples.with_part(samples.word(), "word/comments.xml", COMMENT.format("='Calloway'").encode()),
    ),
    "spaces": (
        WORD,
        samples.with_part(samples.word(), "word/comments.xml", COMMENT.format('= "Calloway"').encode()),
    ),
    "photo": (WORD, samples.with_part(samples.word(), "word/media/image7.jpeg", photo())),
    "modern": (
        SHOW,
        samples.with_part(
            samples.slides(), "ppt/authors.xml", b"<l><author name='Calloway' userId='S::calloway@x'/></l>"
        ),
    ),
    "classic": (
        SHOW,
        samples.with_part(samples.slides(), "ppt/commentAuthors.xml", b"<l><cmAuthor name='Calloway'/></l>"),
    ),
    "inner": (
        WORD,
        samples.with_part(
            samples.word(), "word/embeddings/x.xlsx", within(samples.sheets(), WORKBOOK, "<sheets>", PATH)
        ),
    ),
    "note": (
        "application/pdf",
        pdf(b"/Annots[4 0 R]", b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T(Renee Calloway)/Contents(hi)>>"),
    ),
    "page": (
        "application/pdf",
        pdf(
            b"/Metadata 4 0 R",
            b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(ABOUT), ABOUT),
        ),
    ),
    "piece": ("application/pdf", pdf(b"/PieceInfo<</X<</Private(Renee Calloway)>>>>", b"<<>>")),
}


def everything(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return b"".join(everything(part) for part in parts)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("names", [(), NAMES])
def test_each_place_is_emptied(place: str, names: tuple[str, ...], tmp_path: Path) -> None:
    media_type, content = PLACES[place]
    assert b"alloway" in everything(content)
    (tmp_path / "in").write_bytes(content)
    strip(media_type, tmp_path / "in", tmp_path / "out", names)
    assert not re.search(b"calloway", everything((tmp_path / "out").read_bytes()), re.IGNORECASE)


def test_what_is_left_can_still_be_read(tmp_path: Path) -> None:
    for media_type, content, read in (
        (WORD, samples.word(), read_word),
        (SHOW, samples.slides(), read_slides),
    ):
        (tmp_path / "in").write_bytes(content)
        strip(media_type, tmp_path / "in", tmp_path / "out", NAMES)
        finding = Finding(tmp_path)
        read(tmp_path / "out", finding, media_type)
        assert finding.sections[0].text


def body(words: str) -> bytes:
    return within(
        samples.word(), "word/document.xml", "<w:sectPr", f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        (WORD, body("Written by RENEE CALLOWAY")),
        (WORD, body("Calloway, Renée")),
        (WORD, body("Ren</w:t></w:r><w:r><w:t>ee Callo</w:t></w:r><w:r><w:t>way")),
        (WORD, body("calloway.r@school.example")),
        (WORD, samples.with_part(samples.word(), "word/vbaProject.bin", b"\xd0\xcf macros")),
        (SHEET, samples.with_part(samples.sheets(), "xl/notes.bin", "Renée Calloway".encode("utf-16-le"))),
        ("application/pdf", samples.pdf(["A page by Renee Calloway"])),
        ("text/plain", b"Notes of renee_calloway"),
    ],
)
def test_a_name_that_stays_is_told(media_type: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(content)
    with pytest.raises(StillNamed):
        strip(media_type, tmp_path / "in", tmp_path / "out", NAMES)
