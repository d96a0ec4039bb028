"""Slides: the words of each, its tables, what the speaker notes, and its largest picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation

from app.core.previews.reader import archive
from app.core.previews.reader.drawing import keep_embedded
from app.core.previews.reader.finding import Finding, Section

_DEEPEST = 8
"""Groups within groups."""


def read(source: Path, finding: Finding, _media_type: str) -> None:
    archive.check(source, finding)
    for slide in Presentation(str(source)).slides:
        if finding.full:
            break
        _read_slide(slide, finding.begin("slide"), finding)


def _read_slide(slide: Any, section: Section, finding: Finding) -> None:
    shapes = sorted(_flat(slide.shapes), key=lambda shape: (shape.top or 0, shape.left or 0))
    title = slide.shapes.title
    heading = title.text_frame.text if title is not None and title.has_text_frame else ""
    for shape in shapes:
        if getattr(shape, "has_table", False):
            section.show([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif getattr(shape, "has_text_frame", False):
            heading = heading or shape.text_frame.text
            _say(shape, heading, section)
    section.title = " ".join(heading.split())[:200]
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        section.say("note", slide.notes_slide.notes_text_frame.text)
    for content in _pictures(shapes):
        keep_embedded(content, section, finding)


def _say(shape: Any, heading: str, section: Section) -> None:
    if shape.text_frame.text == heading:
        section.say("h", heading)
        return
    lines = [paragraph.text for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
    for line in lines:
        section.say("li" if len(lines) > 1 else "p", line)


def _flat(shapes: Any, depth: int = 0) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _pictures(shapes: list[Any]) -> list[bytes]:
    """Largest on the slide first."""
    found = []
    for shape in shapes:
        try:
            found.append(((shape.width or 0) * (shape.height or 0), shape.image.blob))
        except (AttributeError, KeyError, ValueError):
            continue
    return [content for _size, content in sorted(found, key=lambda pair: -pair[0])]
