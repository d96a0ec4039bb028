"""Lists of threads: of a space, and all that one takes part in, the liveliest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import current_viewer
from app.core.doors import door
from app.spaces.policy import can_share_in
from app.spaces.queries import get_space_by_slug
from app.threads.queries import my_threads, threads_in
from app.threads.routes import bp


@bp.get("/n/<network>/threads/")
@door("threads")
def index(network: str) -> ResponseReturnValue:
    """Mine: those of my spaces, and those that I have read in open ones."""
    viewer = current_viewer()
    lines, cursor = my_threads(viewer, request.args.get("after"))
    return render_template("threads/index.html", lines=lines, next=cursor, space=None, may=viewer.may_write)


@bp.get("/n/<network>/spaces/<slug>/threads/")
@door("threads")
def of_space(network: str, slug: str) -> ResponseReturnValue:
    viewer = current_viewer()
    space = get_space_by_slug(viewer, slug)
    lines, cursor = threads_in(viewer, space, request.args.get("after"))
    return render_template(
        "threads/index.html", lines=lines, next=cursor, space=space, may=can_share_in(viewer, space)
    )
