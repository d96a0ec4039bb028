"""The record: directors read and export all of it, everybody reads what concerns them."""

import csv
import io
import re

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import navigation
from app.core.access import current_viewer
from app.core.doors import closed
from app.core.limits import limited
from app.moderation.models.words import record_word
from app.moderation.policy import may, require, role_of
from app.moderation.queries.letters import letters_to
from app.moderation.queries.record import Told, record_about, record_of, whole_record
from app.moderation.routes import bp

NO_WORDS = "who did what and when, without what was shared"
COLUMNS = ("at", "what", "by", "about", "subject", "norm", "why")
_FORMULA = re.compile(r"(^|[,;|\t\r\n])(\s*[=+\-@＝＋－＠])")


def is_director() -> bool:
    here = navigation.member_at_hand()
    return here is not None and may("read_record", role_of(here, here.network_id))


@bp.get("/n/<network>/settings/record")
@closed(NO_WORDS)
def record(network: str) -> str:
    viewer = current_viewer()
    require(may("read_record", role_of(viewer, viewer.network_id)))
    page, lines = record_of(viewer, request.args.get("after"))
    return render_template("moderation/record.html", page=page, lines=lines)


@bp.get("/n/<network>/settings/record.csv")
@limited("20/hour", methods=("GET",))
@closed(NO_WORDS)
def export(network: str) -> ResponseReturnValue:
    """The whole record, the oldest line first."""
    viewer = current_viewer()
    require(may("export_record", role_of(viewer, viewer.network_id)))
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    writer.writerows(_row(told) for told in whole_record(viewer))
    name = f"attachment; filename=record-{viewer.network.slug}.csv"
    return Response(sheet.getvalue(), mimetype="text/csv", headers={"Content-Disposition": name})


def _row(told: Told) -> list[str]:
    line = told.line
    cells = (line.at.isoformat(), record_word(line.verb), told.by, told.member, line.subject,
             line.norm_title, line.why)  # fmt: skip
    return [_harmless(cell) for cell in cells]


def _harmless(cell: str) -> str:
    """A spreadsheet takes what begins like this for a formula, and may part cells at other signs too."""
    return _FORMULA.sub(r"\1'\2", cell)


@bp.get("/n/<network>/reports/record")
@closed("what concerns the viewer, without what was shared")
def my_record(network: str) -> str:
    """Everything on record about me, and the letters that I got."""
    viewer = current_viewer()
    page, lines = record_about(viewer, request.args.get("after"))
    return render_template("moderation/my_record.html", page=page, lines=lines, letters=letters_to(viewer))
