"""The feed's page, its next pages, and a space's own feed."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.contributions.queries.pins import pinned_in
from app.core import glance, navigation, sections
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.kinds import kinds
from app.feed.queries import (
    Filters,
    feed_page,
    helpful_failure,
    schools_of,
    shared_by,
    space_streams,
    week_of,
)
from app.feed.queries.begun import SHOWN, Begun, begun_by, begun_of
from app.networks.models import Member
from app.networks.queries import drivers_of
from app.posts.forms import FORMS
from app.posts.queries import first_kind
from app.spaces.policy import can_share_in
from app.spaces.queries import get_group, get_space_by_slug, my_spaces
from app.spaces.routes import tabs
from app.spaces.routes.tabs import frame_of

bp = Blueprint("feed", __name__, template_folder="templates")
tabs.add("feed.space", _l("Discussion"), order=20)


@bp.get("/n/<network>/")
@door("feed")
def index(network: str) -> str:
    """The network's feed; `?after=` is the next page, a real link."""
    viewer = current_viewer()
    return _page(viewer, Filters.from_args(request.args))


@bp.get("/n/<network>/spaces/<slug>/")
@door("space feed")
def space(network: str, slug: str) -> ResponseReturnValue:
    """What was shared in one space: a group's Discussion."""
    viewer = current_viewer()
    try:
        found = get_space_by_slug(viewer, slug)
    except NotFound:
        # Who may only know of a group finds its front door; for all others neither is there.
        get_group(viewer, slug)
        return redirect(url_for("spaces.about", network=network, slug=slug))
    filters = Filters(**{**Filters.from_args(request.args).__dict__, "space_id": found.id})
    around = {"space": found} if "HX-Request" in request.headers else frame_of(viewer, found)
    on_top = [] if "after" in request.args else pinned_in(viewer, found.id)
    return _page(viewer, filters, pinned=on_top, **around)


def _page(viewer: Member, filters: Filters, **more: Any) -> str:
    cursor = request.args.get("after")
    streams = {} if cursor else space_streams(viewer)
    page = feed_page(viewer, filters, cursor)
    return render_template(
        "feed/_more.html" if "HX-Request" in request.headers else "feed/index.html",
        page=page,
        next=_next(page.next),
        filters=filters,
        choices=_choices(viewer, filters),
        streams={**streams, **page.streams},
        mine=page.mine.as_json(),
        kinds=[kinds.get(name) for name in FORMS],
        first_kind=first_kind(viewer),
        first_page=cursor is None,
        rows_begun=lambda: min(glance.at_hand().get("begun", 0), SHOWN),
        **more,
    )


def _next(cursor: str | None) -> str:
    if cursor is None:
        return ""
    return _here(after=cursor)


def _here(**changes: Any) -> str:
    """This page's address with some of its arguments changed; None takes one away."""
    arguments: dict[str, Any] = {key: value for key, value in request.args.items() if key != "after"}
    arguments.update(changes)
    kept: dict[str, Any] = {key: value for key, value in arguments.items() if value is not None}
    return path_for(request.endpoint or "feed.index", **{**(request.view_args or {}), **kept})


def _choices(viewer: Member, filters: Filters) -> list[dict[str, Any]]:
    """The quick filters: the ones people reach for, and the grade that is their own."""
    blank: dict[str, Any] = dict.fromkeys(("kind", "outcome", "grade", "school", "driver", "unanswered"))
    own = next((grade for grade in range(13) if viewer.grades >> grade & 1), None)
    choices: list[tuple[str, dict[str, Any], bool, str | None]] = [
        (_("Everything"), blank, not filters.any, None),
        (_("What worked"), {**blank, "outcome": "worked"}, filters.outcome == "worked", "check"),
        (
            _("What didn't, and why"),
            {**blank, "outcome": "did_not_work"},
            filters.outcome == "did_not_work",
            "flask",
        ),
        (_("Questions"), {**blank, "kind": "question"}, filters.kind == "question", "question"),
        (_("Materials"), {**blank, "kind": "material"}, filters.kind == "material", "page"),
    ]
    if own is not None:
        label = _("Grade %(grade)s", grade=own)
        choices.append((label, {**blank, "grade": own}, filters.grade == own, None))
    if filters.unanswered:
        choices.append((_("Without a reply"), {**blank, "unanswered": "1"}, True, "question"))
    if filters.driver_id is not None:
        choices.append((_("One driver"), {**blank, "driver": filters.driver_id}, True, "map"))
    return [
        {"label": label, "url": _here(**change), "current": current, "icon": mark}
        for label, change, current, mark in choices
    ]


@bp.get("/n/<network>/filters")
@door("feed")
def more_filters(network: str) -> str:
    """Every filter, in a dialog or on a page: kind, outcome, grade, school, driver."""
    viewer = current_viewer()
    return render_template(
        "feed/_filters.html" if "HX-Request" in request.headers else "feed/filters.html",
        filters=Filters.from_args(request.args),
        kinds=kinds.in_feed(),
        schools=schools_of(viewer),
        drivers=drivers_of(viewer.network),
    )


@bp.get("/n/<network>/spaces/mine")
@door("space feed")
def my_space_links(network: str) -> str:
    """My spaces, for the left column."""
    viewer = current_viewer()
    spaces = [space for space in my_spaces(viewer) if space.kind != "commons"]
    return render_template("feed/_spaces.html", spaces=spaces, can_share=can_share_in)


BEGUN = {
    "question": _l("You began a question"),
    "tried_it": _l("You began to tell what you tried"),
    "material": _l("You began to share a material"),
    "update": _l("You began an update"),
    "thread": _l("You began a thread"),
    "resource": _l("You began to add to the library"),
    "request": _l("You began to ask for a material"),
}
FORMS_OF = {"thread": "threads.new", "resource": "library.new", "request": "library.ask"}


@glance.at_a_glance
def _any_begun() -> glance.Part | None:
    member = navigation.member_at_hand() if request.endpoint == "feed.index" else None
    return begun_by(member) if member is not None else None


@bp.get("/n/<network>/feed/begun")
@closed("the viewer's own unsaid words")
def begun(network: str) -> str:
    """What they began and did not send, with the way back to it."""
    return render_template(
        "feed/_begun.html", begun=begun_of(current_viewer()), words=BEGUN, address_of=_form_of
    )


def _form_of(one: Begun) -> str:
    where = {"network": current_viewer().network.slug}
    if one.kind in FORMS_OF:
        return path_for(FORMS_OF[one.kind], **where)
    return path_for("posts.compose", **where, kind=one.kind, about=one.about)


@bp.get("/n/<network>/feed/week")
@closed("counts only, of what the viewer sees")
def week(network: str) -> str:
    """The last days in numbers, for who prepares the next meeting."""
    viewer = current_viewer()
    return render_template("feed/_week.html", week=week_of(viewer)) if keeps(viewer) else ""


def keeps(viewer: Member | None) -> bool:
    """Whether they look after the network."""
    return viewer is not None and viewer.may_read and (viewer.is_facilitator or viewer.is_director)


@sections.fills("profile", order=10)
def what_they_shared(viewer: Member, member: Member) -> str:
    """A member's profile: what they shared, the same for every colleague who sees it."""
    posts = shared_by(viewer, member)
    return render_template("feed/_shared_by.html", posts=posts, kinds=kinds) if posts else ""


@sections.fills("first step", order=10)
def a_first_step(viewer: Member) -> str:
    """The end of the welcome: say hello, ask, or read one failed test that helped others."""
    post, kind = helpful_failure(viewer), first_kind(viewer)
    return render_template("feed/_first_step.html", post=post, teaches=kind == "tried_it")
