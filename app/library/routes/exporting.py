"""A collection, or all of one's own, as an archive: made while it is sent, each file checked at its turn.

The index is written last, because only then is known what is inside. It is one page without scripts, in the
network's language, that says of each resource what goes with a copy.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.access import current_viewer
from app.core.db import db
from app.core.doors import door
from app.core.files import Missing, files
from app.core.files.names import disposition
from app.core.files.packing import Entry, packed, safe_name
from app.library.queries import get_collection, items_of
from app.library.queries.packing import GONE, Pack, PackedFile, pack_collection, pack_own, seen_now
from app.library.routes import bp
from app.networks.models import Member

_STYLE = Path(__file__).with_name("archive.css").read_text(encoding="utf-8")


@bp.get("/n/<network>/library/collections/<int:collection_id>/archive")
@door("library")
def archive(network: str, collection_id: int) -> Response:
    """What the viewer sees of a collection."""
    viewer = current_viewer()
    found = get_collection(viewer, collection_id)
    notes = {item.post.id: item.note for item in items_of(viewer, found)}
    return _sent(viewer, pack_collection(viewer, found, notes))


@bp.get("/n/<network>/library/mine/archive")
@door("library")
def own_archive(network: str) -> Response:
    """All that the viewer has added."""
    viewer = current_viewer()
    with force_locale(viewer.network.language):
        title = _("From the library: %(name)s", name=viewer.name)
    return _sent(viewer, pack_own(viewer, title))


def _sent(viewer: Member, pack: Pack) -> Response:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    answer = Response(packed(_entries(app, viewer.id, pack)), mimetype="application/zip")
    name = f"{safe_name(pack.title, 'library')}.zip"
    answer.headers["Content-Disposition"] = disposition(name, inline=False)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _entries(app: Flask, viewer_id: int, pack: Pack) -> Iterator[Entry]:
    """Each look at the database is short and over before a byte is sent: a download may take very long."""
    for item in pack.items:
        for file in item.files:
            if file.left_out:
                continue
            with app.app_context():
                there = _may_go(viewer_id, file)
            if there:
                yield file.path, _pieces(app, file.key)
            else:
                file.left_out = GONE
    with app.app_context():
        page = _index(db.session.get_one(Member, viewer_id), pack)
    yield "index.html", [page]


def _may_go(viewer_id: int, file: PackedFile) -> bool:
    """Whether the viewer may open it at this moment, and it is there."""
    stored, viewer = files.find(file.key), db.session.get_one(Member, viewer_id)
    allowed = stored is not None and files.may_open(viewer.account, stored)
    return allowed and files.store.exists(file.key)


def _pieces(app: Flask, key: str) -> Iterator[bytes]:
    with app.app_context():
        pieces = files.store.read(key)
    with suppress(Missing):
        yield from pieces


def _index(viewer: Member, pack: Pack) -> bytes:
    with force_locale(viewer.network.language):
        page = current_app.jinja_env.get_template("library/archive.html").render(
            pack=seen_now(viewer, pack),
            network=viewer.network,
            style=Markup("<style>{}</style>").format(Markup(_STYLE)),  # noqa: S704 (our own file)
            href=quote,
        )
    return page.encode()
