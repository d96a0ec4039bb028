"""A contribution's own page, and the small pieces beside it: menu, card, history, people."""

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions import take_version_away
from app.contributions.models import REACTIONS
from app.contributions.policy import is_author, is_sealed_by, may_leave, what_can
from app.contributions.queries import get_contribution, get_root, history_of, mine, replies_of, tests_of
from app.contributions.queries.cards import card_rows, cards
from app.contributions.queries.people import who_reacted, who_will_try
from app.contributions.queries.pins import is_pinned
from app.contributions.queries.replies import grouped
from app.contributions.queries.standards import named_on
from app.contributions.routes import bp
from app.contributions.routes.answers import address_of, position_asked
from app.core import sections, streams
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.core.limits import limited


@bp.get("/n/<network>/c/<int:contribution_id>")
@door("page")
def page(network: str, contribution_id: int) -> ResponseReturnValue:
    """Any contribution, whatever its kind; a reply leads to its place on its root's page."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    if found.root_id is not None:
        return redirect(address_of(viewer, found), 302)
    own = kinds.page_of(found.kind)
    if own is not None:
        return own(viewer, found)
    stream = f"contribution:{found.id}"
    seq = streams.seqs([stream])[stream]
    shown = replies_of(viewer, found, before=position_asked("before"), after=position_asked("after"))
    ids = [found.id, *(row.id for row in shown.rows)]
    return render_template(
        kinds.get(found.kind).page or "contributions/page.html",
        root=found,
        post=card_rows([found.id])[0],
        kind=kinds.get(found.kind),
        replies=grouped(shown.rows),
        shown=shown,
        can=what_can(viewer, found),
        tests=tests_of(viewer, found),
        named=named_on([found.id]).get(found.id, []),
        mine=mine(viewer, ids).as_json(),
        answer_to=position_asked("answer"),
        unnamed=is_sealed_by(viewer, found),
        streams={stream: seq},
    )


@bp.get("/n/<network>/c/<int:contribution_id>/menu")
@door("menu")
def menu(network: str, contribution_id: int) -> ResponseReturnValue:
    """What this viewer may do with it; loaded when the menu opens."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    return render_template(
        "contributions/_menu.html",
        it=found,
        can=what_can(viewer, found),
        unnamed=is_sealed_by(viewer, found),
        kind=kinds.get(found.kind) if found.kind in kinds else None,
        offers=kinds.offered(viewer, found) if found.root_id is None else [],
        pinned=is_pinned(found),
        sections=sections.of("contribution menu", viewer, found),
        saved=found.id in mine(viewer, [found.id]).saved,
        address=address_of(viewer, found),
        flat=kinds.is_flat((found.root or found).kind),
        is_answer=found.root is not None and found.root.answer_id == found.id,
    )


@bp.get("/n/<network>/c/<int:contribution_id>/card")
@door("link card")
def link_card(network: str, contribution_id: int) -> ResponseReturnValue:
    """What a link to it shows to this viewer; nothing of it is stored with the link.

    `?in=` is the space in which the link stands: of what stays in its space, others show that alone.
    """
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    root = get_contribution(viewer, found.root_id) if found.root_id else found
    if root.state != "published":
        raise NotFound
    away = not may_leave(root) and position_asked("in") != root.space_id
    return render_template("contributions/_link_card.html", it=root, kind=kinds.get(root.kind), away=away)


@bp.get("/n/<network>/c/<int:contribution_id>/fresh")
@door("page")
def fresh(network: str, contribution_id: int) -> str:
    """The card as it is now, for a page that missed too much to be told one by one."""
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    if found.state != "published":
        raise NotFound
    card = cards([(found.id, found.version)])[found.id]
    return render_template("contributions/_fresh.html", card=card, mine=mine(viewer, card.ids).as_json())


@bp.get("/n/<network>/c/<int:contribution_id>/history")
@door("history")
def history(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    mine = is_author(viewer, found)
    revisions = history_of(viewer, found)
    return render_template("contributions/history.html", it=found, revisions=revisions, mine=mine)


@bp.post("/n/<network>/c/<int:contribution_id>/history/<int:revision_id>/take-away")
@limited("60/minute")
@closed("empties one's own earlier words and shows nothing")
def take_away(network: str, contribution_id: int, revision_id: int) -> ResponseReturnValue:
    """For good, by its author."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    take_version_away(viewer, found, revision_id)
    flash(_("This version is gone, for everybody."), "good")
    return redirect(path_for("contributions.history", network=network, contribution_id=found.id), 303)


@bp.get("/n/<network>/c/<int:contribution_id>/people")
@door("reactions")
def people(network: str, contribution_id: int) -> ResponseReturnValue:
    """Who reacted, and who will try it. Nobody learns who has read it."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    sections: list[tuple[str, list[Any]]] = [(kind, who_reacted(viewer, found, kind)) for kind in REACTIONS]
    return render_template(
        "contributions/people.html", it=found, sections=sections, trying=who_will_try(viewer, found)
    )
