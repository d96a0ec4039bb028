"""Uploads for what is being written: kept, unattached, until it is posted or a day has passed."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.uploading import count_refused, keep_upload_pace
from app.contributions.routes import bp
from app.contributions.routes.answers import refuse
from app.core.access import current_viewer
from app.core.doors import closed
from app.core.files import Refused, StorageFull, TooLarge, files
from app.core.limits import limited
from app.core.security import body_limit
from app.networks.policy import insist


@bp.post("/n/<network>/uploads")
@body_limit()
@limited("120/minute")
@closed("answers with what the viewer just sent")
def upload(network: str) -> ResponseReturnValue:
    """One file in `file` -> `{key, name, size, type, url, thumb_url}`."""
    viewer = current_viewer()
    insist(viewer.may_write)
    keep_upload_pace(viewer)
    given = request.files.get("file")
    if given is None or not given.filename:
        return refuse(_("No file arrived. Please choose it again."), 400)
    try:
        stored = files.receive(
            given, scope="contribution", network_id=viewer.network_id, uploader_id=viewer.id
        )
    except StorageFull as error:
        return refuse(str(error.description), 507)
    except Refused as error:
        count_refused(viewer)
        return refuse(str(error), 413 if isinstance(error, TooLarge) else 422)
    picture = stored.media_type.startswith("image/")
    return jsonify(
        key=stored.key,
        name=stored.name,
        size=stored.size,
        type=stored.media_type,
        url=f"/files/{stored.key}",
        thumb_url=f"/files/{stored.key}/thumb" if picture else None,
    )
