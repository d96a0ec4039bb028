"""The work of the separate process: read a file, take its author's name out of it, take an archive apart.

What goes wrong becomes a state; nothing is printed, for what a library says of a file may quote it.
"""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from app.core.previews.reader import bounds
from app.core.previews.reader.finding import Damaged, Finding, Locked, TooMuch

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_MACROS = "macroenabled.12"
READERS = {
    "application/pdf": "pages",
    f"{_OOXML}.wordprocessingml.document": "word",
    f"application/vnd.ms-word.document.{_MACROS}": "word",
    f"{_OOXML}.presentationml.presentation": "slides",
    f"application/vnd.ms-powerpoint.presentation.{_MACROS}": "slides",
    f"{_OOXML}.spreadsheetml.sheet": "sheets",
    f"application/vnd.ms-excel.sheet.{_MACROS}": "sheets",
    f"{_ODF}.text": "open_document",
    f"{_ODF}.presentation": "open_document",
    f"{_ODF}.spreadsheet": "open_document",
    "text/csv": "plain",
    "text/plain": "plain",
}
"""Which module reads a kind: each has `read(source, finding, media_type)`."""


def work(task: str, media_type: str, source: str, folder: str) -> int:
    """Do the task; `finding.json` in the folder says how it went. Gives the exit code."""
    place = Path(folder)
    act = _strip if task == "strip" else _read
    (place / "finding.json").write_text(json.dumps(_tried(act, media_type.lower(), Path(source), place)))
    return 0


def take_apart(source: str, folder: str, most_files: str, most_each: str) -> int:
    """The files of an archive, each under its number; `finding.json` says what they are called."""
    from app.core.previews.reader.unpack import unpack

    found = _tried(unpack, Path(source), Path(folder), int(most_files), int(most_each))
    (Path(folder) / "finding.json").write_text(json.dumps(found))
    return 0


def _tried(act: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    try:
        return act(*given)
    except Locked:
        return {"state": "locked"}
    except (TooMuch, MemoryError):
        return {"state": "large"}
    except Exception as error:
        # Whatever a library raises on hostile bytes means the same to a person.
        return {"state": "large" if _out_of_memory(error) else "damaged"}


def _read(media_type: str, source: Path, folder: Path) -> dict[str, Any]:
    if source.stat().st_size == 0:
        raise Damaged
    finding = Finding(folder)
    import_module(f"{__package__}.{READERS[media_type]}").read(source, finding, media_type)
    return _bounded(finding).as_json()


def _strip(media_type: str, source: Path, folder: Path) -> dict[str, Any]:
    from app.core.previews.reader.strip import StillNamed, strip

    given = folder / "names.json"
    try:
        strip(
            media_type, source, folder / "stripped", json.loads(given.read_text()) if given.exists() else ()
        )
    except StillNamed:
        return {"state": "named"}
    return {"state": "read"}


def _bounded(finding: Finding) -> Finding:
    left = bounds.LETTERS
    for section in finding.sections:
        if len(section.text) > left:
            section.text, finding.is_cut = section.text[:left], True
        left -= len(section.text)
    return finding


def _out_of_memory(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, MemoryError) or "memory" in str(error).lower():
            return True
        error = error.__cause__ or error.__context__
    return False
