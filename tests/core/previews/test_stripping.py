"""The names of those who wrote a file, taken out of it when its owner asks."""

import zipfile
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import previews
from app.core.db import db
from app.core.drain import drain_all
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.previews.stripping import can_be_stripped, strip_authors
from tests.core.previews import samples

NAME = "Ana Ruiz CNRY-42"
COMMENTS = f'<w:comments xmlns:w="x"><w:comment w:author="{NAME}" w:initials="AR"/></w:comments>'.encode()


def kept(content: bytes, name: str) -> StoredFile:
    stored = files.receive(FileStorage(BytesIO(content), filename=name), scope="test", uploader_id=1)
    previews.catch_up()
    db.session.refresh(stored)
    return stored


def bytes_of(stored: StoredFile) -> bytes:
    with files.open(stored.key) as blob:
        return blob.read()


def everything(content: bytes) -> bytes:
    """All parts of an archive, unpacked; a PDF as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (
            samples.with_part(samples.word(author=NAME), "word/comments.xml", COMMENTS),
            "plan.docx",
            "quartile",
        ),
        (samples.pdf(["A rhombus"], author="Ana"), "plan.pdf", "rhombus"),
        (
            samples.with_part(samples.slides(), "docProps/app.xml", f"<x>{NAME}</x>".encode()),
            "s.pptx",
            "Wonder",
        ),
        (
            samples.with_part(samples.sheets(), "docProps/core.xml", f"<x>{NAME}</x>".encode()),
            "s.xlsx",
            "grade",
        ),
    ],
)
def test_names_go_and_words_stay(in_app: Flask, content: bytes, name: str, words: str) -> None:
    stored = kept(content, name)
    key, before = stored.key, stored.sha256
    mark = b"/Author" if name == "plan.pdf" else NAME.encode()
    assert mark in everything(bytes_of(stored))
    assert can_be_stripped(stored)
    strip_authors(stored.id)
    previews.catch_up()
    drain_all()
    db.session.refresh(stored)
    assert mark not in everything(bytes_of(stored))
    assert (stored.key, stored.reading, stored.size) == (key, "read", len(bytes_of(stored)))
    assert stored.sha256 != before
    assert words in "".join(text.text for text in stored.texts)


@pytest.mark.parametrize(
    ("content", "name"), [(samples.locked_office(), "locked.docx"), (b"plain words", "notes.txt")]
)
def test_what_cannot_be_written_anew_stays_as_it_was(in_app: Flask, content: bytes, name: str) -> None:
    stored = kept(content, name)
    assert not can_be_stripped(stored)
    strip_authors(stored.id)
    assert bytes_of(stored) == content
