"""The directory of groups: mine, suggested, all."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import current_viewer
from app.core.doors import closed
from app.networks.models import GRADES, Member, words
from app.networks.queries import drivers_of
from app.networks.routes.blueprint import number
from app.spaces.models.words import ACCESS_WORDS, FORM_WORDS
from app.spaces.policy import groups as policy
from app.spaces.queries import Filters, directory, invitations_to, proposals_of, suggested
from app.spaces.queries.directory import WAYS
from app.spaces.routes import bp

SHOWS = ("mine", "suggested", "all")
KEPT = ("q", "driver", "grade", "form", "access", "archived")


def filters_asked() -> Filters:
    """What the address narrows the list by."""
    return Filters(
        words=request.args.get("q", "")[:200],
        driver_id=number("driver"),
        grade=number("grade"),
        form=request.args.get("form", ""),
        access=request.args.get("access", ""),
        archived=request.args.get("archived") == "1",
    )


@bp.get("/n/<network>/groups/")
@closed("what groups say of themselves: name, purpose, size")
def groups(network: str) -> str:
    """`?show=` mine, suggested or all; all can be searched and filtered."""
    viewer: Member = current_viewer()
    filters = filters_asked()
    show = request.args.get("show", "all" if filters else "mine")
    show = show if show in SHOWS else "mine"
    cursor = request.args.get("after")
    page = directory(viewer, filters, cursor, mine=show == "mine") if show != "suggested" else None
    kept: dict[str, Any] = {key: request.args[key] for key in KEPT if request.args.get(key)}
    template = "spaces/_groups.html" if "HX-Request" in request.headers else "spaces/directory.html"
    return render_template(
        template,
        show=show,
        page=page,
        suggestions=suggested(viewer) if show != "all" and cursor is None else [],
        invitations=invitations_to(viewer) if cursor is None else [],
        proposals=[one for one in proposals_of(viewer) if one.member_id == viewer.id],
        filters=filters,
        tabs=_tabs(viewer, show),
        next=url_for("spaces.groups", network=network, show=show, after=page.next, **kept)
        if page and page.next
        else "",
        may_start=policy.can_start_group(viewer),
        may_propose=policy.can_propose_group(viewer),
        **_choices(viewer),
    )


def _tabs(viewer: Member, show: str) -> list[dict[str, Any]]:
    labels = (("mine", _("Mine")), ("suggested", _("Suggested")), ("all", _("All")))
    return [
        {
            "label": label,
            "url": url_for("spaces.groups", network=viewer.network.slug, show=name),
            "current": name == show,
        }
        for name, label in labels
    ]


def _choices(viewer: Member) -> dict[str, Any]:
    """The lists of the filter row."""
    return {
        "drivers": [
            ("", _l("Every driver")),
            *((str(driver.id), driver.name) for driver in drivers_of(viewer.network)),
        ],
        "grades": [
            ("", _l("Every grade")),
            *((str(grade), _l("Grade %(grade)s", grade=words.grade_word(grade))) for grade in GRADES),
        ],
        "forms": [("", _l("Every kind")), *FORM_WORDS.items()],
        "ways": [("", _l("Any way to join")), *((way, ACCESS_WORDS[way]) for way in WAYS)],
    }
