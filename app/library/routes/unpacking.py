"""Files for the table: an archive taken apart, or the files of a form without scripts."""

from collections.abc import Iterable
from typing import BinaryIO, cast

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.contributions.actions.uploading import count_refused, keep_upload_pace
from app.contributions.routes.answers import refuse
from app.contributions.routes.uploads import upload
from app.core.access import current_viewer
from app.core.doors import closed
from app.core.files import Refused, StorageFull, files
from app.core.files.unpacking import Unpacked, is_archive, unpacked
from app.core.limits import TooFast, limited
from app.core.security import body_limit
from app.library.actions.tables import MANY
from app.library.routes import bp
from app.networks.models import Member
from app.networks.policy import insist

Arrived = tuple[list[dict[str, str]], list[tuple[str, str]]]
"""What was kept, as `{key, name}`, and what was not, as names with sentences."""


@bp.post("/n/<network>/library/unpack")
@body_limit()
@limited("120/minute")
@closed("answers with what the viewer just sent")
def unpack(network: str) -> ResponseReturnValue:
    """One file in `file`, as any upload; of an archive `{unpacked: [{key, name}],
    refused: [{name, reason}]}`."""
    viewer, given = current_viewer(), request.files.get("file")
    insist(viewer.may_write)
    if given is None or not is_archive(cast(BinaryIO, given.stream), given.filename or ""):
        return upload(network)
    try:
        kept, refused = _taken_apart(viewer, given)
    except StorageFull as error:
        return refuse(str(error.description), 507)
    except Refused as error:
        return refuse(str(error), 422)
    return jsonify(unpacked=kept, refused=[{"name": name, "reason": reason} for name, reason in refused])


def receive_all(viewer: Member, sent: Iterable[FileStorage]) -> Arrived:
    """The files of a form without scripts, archives taken apart. Raises StorageFull."""
    kept, refused = [], []
    for given in sent:
        if not given.filename:
            continue
        try:
            if is_archive(cast(BinaryIO, given.stream), given.filename):
                more, without = _taken_apart(viewer, given)
                kept += more
                refused += without
            else:
                kept.append(_received(viewer, given))
        except (Refused, TooFast) as error:
            refused.append((given.filename, str(error)))
    return kept, refused


def _taken_apart(viewer: Member, given: FileStorage) -> Arrived:
    keep_upload_pace(viewer)
    most = int(current_app.config["MAX_UPLOAD_BYTES"])
    try:
        with unpacked(cast(BinaryIO, given.stream), most_files=MANY, most_each=most) as found:
            return _kept(viewer, found)
    except Refused:
        count_refused(viewer)
        raise


def _kept(viewer: Member, found: Unpacked) -> Arrived:
    """Each file is looked at as if it had come alone."""
    kept, refused = [], list(found.refused)
    count_refused(viewer, min(1, len(refused)))
    for name, place in found.taken:
        with place.open("rb") as source:
            try:
                kept.append(_received(viewer, FileStorage(source, filename=name)))
            except (Refused, TooFast) as error:
                refused.append((name, str(error)))
    return kept, refused


def _received(viewer: Member, given: FileStorage) -> dict[str, str]:
    keep_upload_pace(viewer)
    try:
        stored = files.receive(
            given, scope="contribution", network_id=viewer.network_id, uploader_id=viewer.id
        )
    except Refused:
        count_refused(viewer)
        raise
    return {"key": stored.key, "name": stored.name}
