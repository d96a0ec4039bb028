"""`/n/<network>/files/<key>`: a file seen without downloading it, at `?page=3`; any feature links to it."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.contributions.queries.files import carrying, may_strip
from app.contributions.routes import bp
from app.contributions.routes.answers import position_asked
from app.core.access import Forbidden, NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.limits import limited
from app.core.previews.showing import look_at
from app.core.previews.stripping import strip_authors
from app.networks.models import Member


@bp.get("/n/<network>/files/<key>")
@door("file page")
def file(network: str, key: str) -> ResponseReturnValue:
    """Its pages or slides, one at a time, with their words; the state where there is nothing to show."""
    viewer = current_viewer()
    stored = _known(viewer, key)
    return render_template(
        "contributions/file.html",
        look=look_at(stored, position_asked("page")),
        here=path_for("contributions.file", network=network, key=key),
        carriers=carrying(viewer, stored),
        may_strip=may_strip(viewer, stored),
    )


@bp.post("/n/<network>/files/<key>/strip")
@limited("20/hour")
@closed("takes names out of a file and shows nothing")
def strip_file(network: str, key: str) -> ResponseReturnValue:
    """Ask for the author's name to go; the worker does it."""
    viewer = current_viewer()
    stored = _known(viewer, key)
    if not may_strip(viewer, stored):
        raise Forbidden
    strip_authors.later(stored.id)
    flash(_("The names of those who wrote it are taken out of the file. It takes a moment."))
    return redirect(path_for("contributions.file", network=network, key=key), 303)


def _known(viewer: Member, key: str) -> StoredFile:
    stored = files.find(key)
    if stored is None or stored.network_id != viewer.network_id or not files.may_know(current_user, stored):
        raise NotFound
    return stored
