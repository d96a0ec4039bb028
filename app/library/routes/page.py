"""A resource's own page: what it is, its files, who used it and how it went, its line, its versions."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.contributions.models import Contribution
from app.contributions.policy import what_can
from app.contributions.queries import get_root, mine, replies_of
from app.contributions.queries.cards import card_rows
from app.contributions.queries.replies import grouped
from app.contributions.queries.standards import named_on
from app.contributions.routes.answers import position_asked
from app.core import streams
from app.core.addresses import absolute, came_from, path_for
from app.core.db import db
from app.core.kinds import kinds
from app.library.models import Resource, licence_of
from app.library.policy import (
    can_adapt,
    can_add_version,
    can_answer_suggestions,
    can_say_used,
    can_suggest,
    is_author,
)
from app.library.queries import (
    attribution_of,
    evidence_on,
    lineage_of,
    look_inside,
    own_uses,
    suggested_by,
    suggestions_on,
    versions_of,
)
from app.networks.models import Member


@kinds.lays_out("resource")
def resource_page(viewer: Member, root: Contribution) -> ResponseReturnValue:
    """The whole page; `root` is visible to `viewer`, and perhaps a tombstone or held."""
    stream = f"contribution:{root.id}"
    seq = streams.seqs([stream])[stream]
    shown = replies_of(viewer, root, before=position_asked("before"), after=position_asked("after"))
    return render_template(
        "library/page.html",
        **about(viewer, root),
        searched=came_from(path_for("search.index", network=viewer.network.slug)),
        replies=grouped(shown.rows),
        shown=shown,
        mine=mine(viewer, [root.id, *(row.id for row in shown.rows)]).as_json(),
        answer_to=position_asked("answer"),
        streams={stream: seq},
    )


def about(viewer: Member, root: Contribution) -> dict[str, Any]:
    """What the page shows beside the replies; the body's parts only while it is published."""
    given: dict[str, Any] = {
        "root": root,
        "post": card_rows([root.id])[0],
        "kind": kinds.get(root.kind),
        "can": what_can(viewer, root),
        "body": None,
    }
    body = db.session.get(Resource, root.id) if root.state == "published" else None
    if body is None:
        return given
    address = absolute(path_for("contributions.page", network=viewer.network.slug, contribution_id=root.id))
    lineage, uses = lineage_of(viewer, root), own_uses(viewer, root)
    return given | {
        "body": body,
        "named": named_on([root.id]).get(root.id, []),
        "licence": licence_of(body.licence),
        "attribution": attribution_of(root.title, body.authors, body.licence, address, lineage.named),
        "evidence": evidence_on(viewer, root),
        "lineage": lineage,
        "inside": look_inside(root, request.args.get("file"), position_asked("page")),
        "own_uses": uses,
        "versions": versions_of(viewer, root),
        "suggestions": suggestions_on(viewer, root, body),
        "thanked": suggested_by(root),
        "may_answer": can_answer_suggestions(viewer, root),
        "may_suggest": can_suggest(viewer, root),
        "may_use": can_say_used(viewer, root),
        "may_begin": is_author(viewer, root) and lineage.is_copy and not uses,
        "may_adapt": can_adapt(viewer, root),
        "may_version": can_add_version(viewer, root),
    }


def page_again(viewer: Member, contribution_id: int) -> ResponseReturnValue:
    """The page after something was refused."""
    return resource_page(viewer, get_root(viewer, contribution_id))
