"""The page of a long talk: of every kind whose layout is `flat`, wherever it is defined.

It opens at the first unread reply; `?at=` a position, `?reply=` a reply, `?before=` and
`?after=` are links that work without the script, which asks for windows of replies instead.
"""

from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.contributions.models import Contribution
from app.contributions.policy import what_can
from app.contributions.queries import get_contribution, get_root, mine
from app.contributions.queries.cards import card_rows
from app.contributions.queries.reading import (
    Window,
    is_hidden,
    place_of,
    window_after,
    window_at,
    window_before,
)
from app.contributions.routes.answers import address_of, position_asked
from app.core import streams
from app.core.access import NotFound, current_viewer
from app.core.doors import door
from app.core.kinds import kinds
from app.networks.models import Member
from app.threads.queries import summary_of
from app.threads.routes import bp


@kinds.lays_out("flat")
def thread_page(viewer: Member, root: Contribution) -> ResponseReturnValue:
    """The whole page; `root` is visible to `viewer`."""
    asked = position_asked("reply")
    if asked is not None:
        return redirect(address_of(viewer, get_contribution(viewer, asked)))
    stream = f"contribution:{root.id}"
    seq = streams.seqs([stream])[stream]
    place = place_of(viewer, root.id)
    window = _window(viewer, root, place)
    place = None if place is None else min(place, window.newest)
    return render_template(
        "threads/page.html",
        **_about(viewer, root),
        place=place,
        window=window,
        mine=mine(viewer, [root.id, *(row.id for row in window.rows)]).as_json(),
        answer_to=position_asked("answer"),
        quoting=_quoting(viewer, root),
        hidden=is_hidden(viewer),
        streams={stream: seq},
    )


def _about(viewer: Member, root: Contribution) -> dict[str, Any]:
    """What stands above the replies."""
    answer, kind = root.answer_id, kinds.get(root.kind)
    return {
        "root": root,
        "post": card_rows([root.id])[0],
        "kind": kind,
        "can": what_can(viewer, root),
        "summary": summary_of(root) if root.state == "published" else None,
        "answer": answer if answer is not None and root.state == "published" else None,
        **(kind.around(viewer, root) if kind.around else {}),
    }


def _window(viewer: Member, root: Contribution, place: int | None) -> Window:
    before, after, at = (position_asked(name) for name in ("before", "after", "at"))
    if before is not None:
        return window_before(viewer, root, before)
    if after is not None:
        return window_after(viewer, root, after)
    return window_at(viewer, root, at if at is not None else (place or 0))


def _quoting(viewer: Member, root: Contribution) -> Contribution | None:
    """What `?quote=` names, for a reply that is written without the script."""
    asked = position_asked("quote")
    if asked is None:
        return None
    found = get_contribution(viewer, asked)
    if root.id not in (found.id, found.root_id) or found.state != "published":
        raise NotFound
    return found


@bp.get("/n/<network>/c/<int:contribution_id>/window")
@door("page")
def window(network: str, contribution_id: int) -> ResponseReturnValue:
    """A window of replies, as a fragment: `?before=`, `?after=` or `?at=` a position."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    place = place_of(viewer, root.id)
    stream = f"contribution:{root.id}"
    seq = streams.seqs([stream])[stream]
    shown = _window(viewer, root, place)
    return render_template(
        "threads/_window.html",
        root=root,
        place=place,
        window=shown,
        mine=mine(viewer, [row.id for row in shown.rows]).as_json(),
        streams={stream: seq} if "at" in request.args else {},
    )


@bp.get("/n/<network>/c/<int:contribution_id>/head")
@door("page")
def head(network: str, contribution_id: int) -> ResponseReturnValue:
    """What stands above the replies, as it is now: the opening, the summary, what one may do."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    return render_template("threads/_head.html", **_about(viewer, root))
