"""Replying by a form or by the page's script, and pages of replies."""

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.contributions.actions.replying import REPLIES, reply_from
from app.contributions.queries import get_root, mine, replies_of
from app.contributions.queries.replies import grouped
from app.contributions.routes import bp
from app.contributions.routes.answers import address_of, position_asked, wants_json
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited


@bp.post("/n/<network>/c/<int:contribution_id>/reply")
@limited(REPLIES, shared="replies")
@door("page")
def reply(network: str, contribution_id: int) -> ResponseReturnValue:
    """`html` (or `text` from a plain box), `parent_id`, `file_keys`, `key` -> the reply."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    data = request.get_json(silent=True) if request.is_json else request.form
    made, problem = reply_from(viewer, root.id, data, header_key=request.headers.get("Idempotency-Key"))
    if made is not None:
        if wants_json():
            return jsonify(made.said)
        return redirect(address_of(viewer, made.reply), 303)
    assert problem is not None
    if wants_json():
        return jsonify(error=problem.sentence), problem.status
    flash(problem.sentence, "problem")
    return redirect(address_of(viewer, root), 303)


@bp.get("/n/<network>/c/<int:contribution_id>/replies")
@door("page")
def more_replies(network: str, contribution_id: int) -> ResponseReturnValue:
    """A page of replies before or after a position, as a fragment."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    shown = replies_of(
        viewer,
        root,
        before=position_asked("before"),
        after=position_asked("after"),
    )
    return render_template(
        "contributions/_replies.html",
        root=root,
        shown=shown,
        replies=grouped(shown.rows),
        mine=mine(viewer, [row.id for row in shown.rows]).as_json(),
    )
