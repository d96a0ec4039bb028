"""Collections: the list, one of them, and putting a resource into one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.routes.answers import address_of
from app.core.access import current_viewer
from app.core.doors import closed, door
from app.core.limits import limited
from app.library import actions
from app.library.forms import CollectionForm
from app.library.models import Collection
from app.library.policy import can_keep_collection
from app.library.queries import (
    collections_of,
    get_collection,
    get_resource,
    items_of,
    shown_beside,
    spaces_to_fill,
    to_add_to,
)
from app.library.queries.packing import size_of
from app.library.routes import bp
from app.library.routes.shelves import tabs_here
from app.networks.models import Member
from app.networks.policy import insist
from app.spaces.queries import get_space


@bp.get("/n/<network>/library/collections/")
@door("library")
def collections(network: str) -> str:
    viewer = current_viewer()
    return render_template(
        "library/collections.html", listed=collections_of(viewer), tabs=tabs_here(network, "collections")
    )


def _form(viewer: Member, collection: Collection | None = None) -> CollectionForm:
    data = {"title": collection.title, "about": collection.about} if collection else {}
    form = CollectionForm(data=data)
    names = [
        (str(space.id), space.name if space.kind != "commons" else _("The whole network"))
        for space in spaces_to_fill(viewer)
    ]
    form.space.offer([("", _("Only I")), *names])
    return form


@bp.route("/n/<network>/library/collections/new", methods=["GET", "POST"])
@limited("30/minute", methods=("POST",))
@closed("a form, and the way to what the viewer just made")
def new_collection(network: str) -> ResponseReturnValue:
    viewer = current_viewer()
    insist(viewer.may_write)
    form = _form(viewer)
    if not form.validate_on_submit():
        page = render_template("library/collection_form.html", form=form, it=None)
        return page, 422 if form.is_submitted() else 200
    space = get_space(viewer, form.space.number) if form.space.number else None
    made = actions.start_collection(
        viewer, title=form.title.data or "", about=form.about.data or "", space=space
    )
    return redirect(url_for("library.collection", network=network, collection_id=made.id), 303)


@bp.get("/n/<network>/library/collections/<int:collection_id>")
@door("library")
def collection(network: str, collection_id: int) -> str:
    viewer = current_viewer()
    found = get_collection(viewer, collection_id)
    items = items_of(viewer, found)
    return render_template(
        "library/collection.html",
        it=found,
        items=items,
        bytes=size_of([item.post for item in items]),
        **shown_beside([item.post for item in items]),
        may=can_keep_collection(viewer, found),
    )


@bp.route("/n/<network>/library/collections/<int:collection_id>/edit", methods=["GET", "POST"])
@limited("60/minute", methods=("POST",))
@door("library")
def edit_collection(network: str, collection_id: int) -> ResponseReturnValue:
    """Its name, the order, the notes; `place-<id>`, `note-<id>` and `gone` say what becomes of items."""
    viewer = current_viewer()
    found = get_collection(viewer, collection_id)
    insist(can_keep_collection(viewer, found))
    form, items = _form(viewer, found), items_of(viewer, found)
    if not form.validate_on_submit():
        page = render_template("library/collection_form.html", form=form, it=found, items=items)
        return page, 422 if form.is_submitted() else 200
    ids = [item.post.id for item in items]
    places = {number: _place(request.form.get(f"place-{number}", "")) for number in ids}
    notes = {number: request.form.get(f"note-{number}", "") for number in ids}
    gone = [number for number in ids if request.form.get(f"gone-{number}")]
    arranged = actions.Arranged(sorted(ids, key=lambda number: places[number]), notes, gone)
    actions.edit_collection(
        viewer, found, title=form.title.data or "", about=form.about.data or "", items=arranged
    )
    flash(_("Saved."), "good")
    return redirect(url_for("library.collection", network=network, collection_id=collection_id), 303)


def _place(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 100_000


@bp.post("/n/<network>/library/collections/<int:collection_id>/drop")
@limited("30/minute")
@closed("takes a list away and shows nothing")
def drop_collection(network: str, collection_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    actions.drop_collection(viewer, get_collection(viewer, collection_id))
    flash(_("The collection is gone. What was in it stays in the library."), "good")
    return redirect(url_for("library.collections", network=network), 303)


@bp.route("/n/<network>/c/<int:contribution_id>/collect", methods=["GET", "POST"])
@limited("60/minute", methods=("POST",))
@door("resource")
def collect(network: str, contribution_id: int) -> ResponseReturnValue:
    """Choose a collection for it, or name a new one of one's own (`title`)."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    if request.method == "GET":
        return render_template("library/collect.html", it=found, listed=to_add_to(viewer, found))
    number, title = request.form.get("collection", ""), request.form.get("title", "").strip()[:140]
    if not number and not title:
        flash(_("Choose a collection, or name a new one."), "problem")
        return render_template("library/collect.html", it=found, listed=to_add_to(viewer, found)), 422
    if number:
        into = get_collection(viewer, _place(number) if len(number) < 6 else 0)
    else:
        into = actions.start_collection(viewer, title=title, about="", space=None)
    try:
        actions.collect(viewer, into, found, note=request.form.get("note", ""))
    except actions.Full:
        flash(_("This collection is full. Start another one."), "problem")
        return redirect(address_of(viewer, found), 303)
    flash(_("It is in “%(title)s” now.", title=into.title), "good")
    return redirect(address_of(viewer, found), 303)
