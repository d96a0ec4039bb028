"""How the author is asked: the findings as JSON for a script, else a page that keeps all that was sent.

Rules: the page sends the same form to the same address again, with what was decided and a key of its own;
what something was found in is there to be changed. It shows nobody anything but what they have just sent.
"""

import uuid
from itertools import zip_longest
from typing import Any

from flask import Blueprint, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import errors, text
from app.core.db import db
from app.privacy.actions import StudentData
from app.privacy.models import Finding

bp = Blueprint("privacy", __name__, template_folder="templates")

IN_A_LINE = 3
FILES = ("file_keys", "file_alts")
"""Fields that come in step, one for each file."""
OURS = ("csrf_token", "key")
"""Fields that are made anew."""


def answer(asked: StudentData) -> ResponseReturnValue:
    """The question in place of the answer; 422."""
    db.session.rollback()
    if errors.wants_json() or "application/json" in request.headers.get("Accept", ""):
        return jsonify(told(asked.findings)), 422
    page = render_template(
        "privacy/asked.html",
        findings=asked.findings,
        address=request.full_path.rstrip("?"),
        fields=_fields(asked.findings),
        files=_files(asked.findings),
        key=uuid.uuid4().hex if request.form.get("key") else "",
    )
    return make_response(page, 422)


def told(findings: list[Finding]) -> dict[str, Any]:
    """What a script is told: `{error: "privacy", sentence, findings, html}`."""
    return {
        "error": "privacy",
        "sentence": _("%(found)s Nothing was sent; it is all here.", found=_in_words(findings)),
        "findings": [finding.as_json() for finding in findings],
        "html": render_template("privacy/_findings.html", findings=findings),
    }


def _in_words(findings: list[Finding]) -> str:
    """The first few, for a line beside what was not sent."""
    return " ".join(f"{finding.where} {finding.sentence}" for finding in findings[:IN_A_LINE])


def _fields(findings: list[Finding]) -> list[tuple[str, str, bool]]:
    """Name and value of each field that came, and whether something was found in it."""
    said = [" ".join(finding.said.split()) for finding in findings if finding.said]
    return [
        (name, value, any(words in _plain(value) for words in said))
        for name, value in request.form.items(multi=True)
        if name not in (*OURS, *FILES)
    ]


def _plain(value: str) -> str:
    return " ".join((text.plain(value) if value.lstrip().startswith("<") else value).split())


def _files(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Key and alternative text of each file, and its name where something was found in it; these come last,
    so that leaving one out leaves the others in step."""
    found = {finding.place.file_key: finding.place.name for finding in findings if finding.place}
    keys, alts = (request.form.getlist(name) for name in FILES)
    rows = [(key, alt, found.get(key, "")) for key, alt in zip_longest(keys, alts[: len(keys)], fillvalue="")]
    return sorted(rows, key=lambda row: bool(row[2]))
