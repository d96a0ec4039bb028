"""Searching: the page with its tabs and filters, and the suggestions as one types."""

from typing import Any

from flask import render_template, request
from sqlalchemy import select

from app.contributions.models import OUTCOMES
from app.core.access import current_viewer
from app.core.addresses import path_for
from app.core.db import db
from app.core.doors import door
from app.core.limits import limited
from app.core.search.port import EngineDown
from app.networks.models import Driver, Member, Site
from app.search import queries
from app.search.actions import keep_miss
from app.search.queries.results import SPANS, TABS, Found, Wish
from app.search.routes import bp
from app.search.routes.filters import filters_of, tabs_of
from app.search.routes.unknown import unknown_of
from app.standards.models import name_of
from app.standards.queries import standards_by_id


@bp.get("/n/<network>/search")
@limited("120/minute", methods=("GET",))
@door("search")
def index(network: str) -> str:
    """`?q=` and what narrows it; every link on it is a plain one."""
    viewer = current_viewer()
    asked, wish = queries.parse(request.args.get("q", "")), wish_of(request.args)
    try:
        found = queries.find(viewer, asked, wish)
        spans = (
            queries.span_counts(viewer, found.instead or asked, wish)
            if found.total and not found.only_some
            else {}
        )
    except EngineDown:
        return render_template("search/index.html", asked=asked, found=None, wish=wish)
    if not found.total and asked.words and wish == Wish() and not asked.limits:
        keep_miss(viewer, asked)
    return render_template(
        "search/_more.html" if "HX-Request" in request.headers else "search/index.html",
        asked=asked,
        found=found,
        wish=wish,
        unknown=unknown_of(viewer.network, asked, found.unknown),
        elsewhere=sum(found.counts.get("source", {}).values()),
        tabs=tabs_of(found, wish, here),
        filters=filters_of(found, wish, spans, _names(viewer, found, wish), here),
        next=here(after=found.next) if found.next else "",
        here=here,
    )


@bp.get("/n/<network>/search/suggestions")
@limited("300/minute", methods=("GET",))
@door("search")
def suggest(network: str) -> str:
    """The list under the box: options of a combobox, each a link as well."""
    viewer = current_viewer()
    typed = request.args.get("q", "")
    return render_template(
        "search/_suggestions.html", typed=typed, suggestions=queries.suggestions(viewer, typed)
    )


def wish_of(args: Any) -> Wish:
    """From the address; what makes no sense is left out."""
    grade, standard, school, driver = (
        args.get(name, "") for name in ("grade", "standard", "school", "driver")
    )
    kind, after = args.get("kind", ""), args.get("after", "")
    return Wish(
        tab=args["tab"] if args.get("tab") in TABS else "",
        kind=kind if kind.isascii() and kind.isidentifier() and len(kind) <= 20 else "",
        grade=grade if grade in {str(number) for number in range(13)} else "",
        standard=standard if _is_number(standard) else "",
        school=school if _is_number(school) else "",
        driver=driver if _is_number(driver) else "",
        outcome=args["outcome"] if args.get("outcome") in OUTCOMES else "",
        what=_value(args.get("what", "")),
        subject=_value(args.get("subject", "")),
        licence=_value(args.get("licence", "")),
        span=args["span"] if args.get("span") in SPANS else "",
        newest_first=args.get("sort") == "new",
        after=after if _is_owner(after) else None,
    )


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 16


def _value(given: str) -> str:
    """A facet's value as features name them; nonsense is none."""
    return (
        given
        if given.isascii()
        and given.replace("-", "").replace("_", "").replace(".", "").isalnum()
        and len(given) <= 20
        else ""
    )


def _is_owner(value: str) -> bool:
    name, _, number = value.partition(":")
    return name.isascii() and name.isalpha() and number.isascii() and number.isdigit() and len(value) < 40


def here(**changes: Any) -> str:
    """This page's address with some of its arguments changed; None takes one away."""
    arguments: dict[str, Any] = {key: value for key, value in request.args.items() if key != "after"}
    arguments.update(changes)
    kept = {key: value for key, value in arguments.items() if value not in (None, "")}
    return path_for("search.index", **{**kept, "network": (request.view_args or {})["network"]})


def _names(viewer: Member, found: Found, wish: Wish) -> dict[str, dict[str, str]]:
    """What the values of these filters are called."""
    schools = db.session.execute(select(Site.id, Site.short_name).where(Site.network_id == viewer.network_id))
    counted = {*found.counts.get("standard", ()), *([wish.standard] if wish.standard else [])}
    standards = standards_by_id(viewer, map(int, counted)) if counted else {}
    drivers = db.session.execute(select(Driver.id, Driver.name).where(Driver.network_id == viewer.network_id))
    return {
        "driver": {str(row.id): row.name for row in drivers},
        "school": {str(row.id): row.short_name for row in schools},
        "standard": {str(number): known.code or name_of(known) for number, known in standards.items()},
    }
