"""Steady archives: Office files whose bytes do not depend on when they were written."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MADE = datetime(2024, 9, 2, 19, 30)  # noqa: DTZ001 - office formats hold a date without a zone
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(data: bytes) -> bytes:
    """The same archive with one date on every entry and in its properties."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, _body(name, old.read(name)))
    return out.getvalue()


def _body(name: str, body: bytes) -> bytes:
    if name != "docProps/core.xml":
        return body
    return STAMP.sub(rb"\g<1>" + MADE.isoformat().encode() + rb"Z\g<2>", body)
