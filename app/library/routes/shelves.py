"""The library's own page, and a group's materials: the same shelves, seen through the group."""

from typing import Any

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import door
from app.core.files.quota import used_by
from app.library.models import LICENCES
from app.library.models.vocabulary import SUBJECTS, WHAT_ICONS, WHATS
from app.library.queries import Narrow, how_many, shelf, shown_beside, standards_on
from app.library.queries.browsing import TABS
from app.library.routes import bp
from app.networks.models.words import grade_word
from app.spaces.policy import can_share_in
from app.spaces.queries import get_group
from app.spaces.routes import tabs
from app.standards.models import name_of

tabs.add("library.of_group", _l("Materials"), order=35)


@bp.get("/n/<network>/library/")
@door("library")
def index(network: str) -> str:
    """`?tab=` recent, schools or mine; `what`, `grade`, `subject`, `licence` and `standard` narrow it."""
    viewer = current_viewer()
    tab = request.args["tab"] if request.args.get("tab") in TABS else "all"
    narrow = Narrow.from_args(request.args)
    page = shelf(viewer, narrow, tab, request.args.get("after"))
    return render_template(
        "library/index.html",
        page=page,
        narrow=narrow,
        tab=tab,
        tabs=tabs_here(network, tab),
        total=how_many(viewer, narrow) if tab == "all" else None,
        taken=used_by(viewer.id) if tab == "mine" else None,
        room=current_app.config["STORAGE_PER_MEMBER_BYTES"],
        next=_here("library.index", {"network": network}, after=page.next) if page.next else "",
        **shown_beside(page.items),
        **_choices("library.index", {"network": network}, narrow),
    )


def tabs_here(network: str, tab: str) -> list[dict[str, Any]]:
    """The tabs of the library; the shelves, what is needed, collections."""
    words = {
        "all": _("Everything"),
        "recent": _("Recently used"),
        "schools": _("Used in schools like mine"),
        "mine": _("Added by me"),
    }
    shelves = [
        {
            "label": words[name],
            "url": path_for("library.index", network=network, tab=name if name != "all" else None),
            "current": tab == name,
        }
        for name in TABS
    ]
    more = [
        ("needed", _("Needed"), "library.needed_now"),
        ("collections", _("Collections"), "library.collections"),
    ]
    if current_viewer().network.settings.get("standards"):
        more.append(("standards", _("By standard"), "standards.index"))
    places = [
        {"label": label, "url": path_for(endpoint, network=network), "current": tab == name}
        for name, label, endpoint in more
    ]
    # what colleagues need stands where a phone shows it
    return [shelves[0], places[0], *shelves[1:], *places[1:]]


def _here(endpoint: str, place: dict[str, Any], **changes: Any) -> str:
    """This page with some of its arguments changed; None takes one away."""
    names = ("tab", "what", "grade", "subject", "licence", "standard")
    kept = {name: request.args[name] for name in names if request.args.get(name)}
    return path_for(endpoint, **place, **{**kept, **changes})


def _choices(endpoint: str, place: dict[str, Any], narrow: Narrow) -> dict[str, Any]:
    """The kinds as a row of links, the other filters as selects."""
    whats: list[dict[str, Any]] = [
        {"label": _("All kinds"), "url": _here(endpoint, place, what=None), "current": not narrow.what}
    ]
    for name, word in WHATS.items():
        current = narrow.what == name
        url = _here(endpoint, place, what=None if current else name)
        whats.append({"label": word, "url": url, "current": current, "icon": WHAT_ICONS[name]})
    return {"whats": whats, "selects": _selects(narrow)}


def _selects(narrow: Narrow) -> list[tuple[str, str, Any, str]]:
    grades = [(str(grade), _("Grade %(grade)s", grade=grade_word(grade))) for grade in range(13)]
    return [
        *_by_standard(narrow),
        ("grade", _("Grade"), [("", _("Any grade")), *grades], narrow.grade),
        ("subject", _("Subject"), [("", _("Any subject")), *list(SUBJECTS.items())[:-1]], narrow.subject),
        (
            "licence",
            _("Licence"),
            [("", _("Any licence")), *((code, one.name) for code, one in LICENCES.items())],
            narrow.licence,
        ),
    ]


def _by_standard(narrow: Narrow) -> list[tuple[str, str, Any, str]]:
    """Those that something here names; nothing where the network has no list."""
    viewer = current_viewer()
    if not viewer.network.settings.get("standards"):
        return []
    named = [
        (str(one.id), f"{one.code} {name_of(one)}".strip()) for one in standards_on(viewer, narrow.space_id)
    ]
    return [("standard", _("Standard"), [("", _("Any standard")), *named], narrow.standard)]


@bp.get("/n/<network>/groups/<slug>/materials")
@door("library")
def of_group(network: str, slug: str) -> str:
    """The same library seen through a group."""
    tie = get_group(current_viewer(), slug)
    if not tie.sees:
        raise NotFound
    narrow = Narrow.from_args(request.args, tie.space.id)
    page = shelf(tie.viewer, narrow, "all", request.args.get("after"))
    place = {"network": network, "slug": slug}
    shown = {"page": page, "narrow": narrow, "may": can_share_in(tie.viewer, tie.space)}
    shown |= _choices("library.of_group", place, narrow) | shown_beside(page.items)
    shown["next"] = _here("library.of_group", place, after=page.next) if page.next else ""
    return render_template("library/of_group.html", **shown, **tabs.frame(tie))
