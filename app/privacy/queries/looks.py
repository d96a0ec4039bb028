"""Findings of files, from what was kept when they were read; pictures have a name to look at alone."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from app.core.db import db
from app.core.files.models import StoredFile
from app.privacy.models import FileLook, Finding, Place
from app.privacy.policy import Known, look_inside


def found_in(files: Sequence[StoredFile], known: Callable[[], Known]) -> tuple[list[Finding], bool]:
    """What was found in these files, and whether one of them has not been looked through yet."""
    ids = [file.id for file in files]
    looks = {
        look.file_id: look for look in db.session.scalars(select(FileLook).where(FileLook.file_id.in_(ids)))
    }
    found: list[Finding] = []
    waiting = False
    for file in files:
        look = looks.get(file.id)
        if look is not None:
            found.extend(as_finding(each) for each in look.findings)
            continue
        waiting = waiting or file.reading == "waiting"
        in_name = look_inside(file.key, file.name, (), Known.of(()))
        found.extend(look_inside(file.key, file.name, (), known()) if in_name else ())
    return found, waiting


def as_finding(kept: dict[str, object]) -> Finding:
    place = Place(**kept["place"])  # type: ignore[arg-type]
    return Finding(str(kept["kind"]), 0, 0, place=place, kept_mark=str(kept["mark"]))
