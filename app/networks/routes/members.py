"""The directory, and one member's profile."""

from typing import Any

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from app.core import navigation, sections
from app.core.doors import closed, door
from app.networks import policy, queries
from app.networks.models import GRADES, ROLES, Member, words
from app.networks.routes.blueprint import bp, number, viewer

navigation.add(
    "left",
    "networks.members",
    _l("People"),
    "people",
    order=50,
    also=("bottom",),
    also_current=("networks.profile",),
)


def filters_asked() -> queries.Filters:
    """What the address narrows the list by."""
    return queries.Filters(
        words=request.args.get("q", "")[:200],
        role=request.args.get("role", ""),
        site_id=number("school"),
        grade=number("grade"),
        standing=request.args.get("standing", ""),
    )


def filter_choices(here: Member) -> dict[str, Any]:
    """The lists of the filter row."""
    sites = queries.tree_of(queries.sites_of(here.network))
    return {
        "roles": [("", _l("Every role")), *((role, words.ROLE_WORDS[role]) for role in ROLES)],
        "schools": [("", _l("Every school")), *((str(site.id), site.name) for site, _depth in sites)],
        "grades": [
            ("", _l("Every grade")),
            *((str(grade), _l("Grade %(grade)s", grade=words.grade_word(grade))) for grade in GRADES),
        ],
    }


@bp.get("/n/<network>/members/")
@closed("names and what people say of themselves")
def members(network: str) -> str:
    """Who is here, searched and filtered by GET."""
    here, asked = viewer(), filters_asked()
    page = queries.directory(here, asked, request.args.get("after"))
    template = "networks/_members.html" if "HX-Request" in request.headers else "networks/members.html"
    kept = {
        key: value for key, value in request.args.items() if key in ("q", "role", "school", "grade") and value
    }
    return render_template(template, page=page, filters=asked, kept=kept, **filter_choices(here))


@bp.get("/n/<network>/members/<int:member_id>")
@door("profile")
def profile(network: str, member_id: int) -> str:
    """One member: place, what they work on and can help with, story, and what features add."""
    here = viewer()
    member = queries.member_of(here, member_id)
    return render_template(
        "networks/profile.html",
        member=member,
        sections=sections.of("profile", here, member),
        acts=sections.of("profile acts", here, member),
        may_change=policy.can_change_member(here, member) and member.may_read,
        is_me=member.id == here.id,
        may_block=policy.can_block(here, member),
        is_blocked=queries.has_blocked(here, member),
    )
