"""Tabs and filters of the search page, as links with counts."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.kinds import kinds
from app.core.search.sources import facet_word
from app.networks.models.words import grade_word
from app.search.queries.results import SPANS, TABS, Found, Wish

Address = Callable[..., str]
MOST = 8
"""Links of one filter; the most frequent values."""


def tabs_of(found: Found, wish: Wish, here: Address) -> list[dict[str, Any]]:
    counts = found.counts.get("source", {})
    words = {
        "resources": _("Resources"),
        "posts": _("Posts"),
        "replies": _("Replies"),
        "people": _("People"),
        "groups": _("Groups"),
    }
    tabs = [{"label": _("Everything"), "url": here(tab=None), "current": not wish.tab, "count": None}]
    return tabs + [
        {
            "label": words[tab],
            "url": here(tab=tab),
            "current": wish.tab == tab,
            "count": counts.get(source, 0) if found.counts else None,
        }
        for tab, source in TABS.items()
    ]


def filters_of(
    found: Found,
    wish: Wish,
    spans: dict[str, int],
    names: Mapping[str, Mapping[str, str]],
    here: Address,
) -> list[dict[str, Any]]:
    """The filters that divide what was found, and those that are set. `names`: what schools … are called."""
    outcomes = {"worked": _("Worked"), "mixed": _("Mixed"), "did_not_work": _("Didn't work")}
    dates = {"week": _("Past week"), "month": _("Past month"), "year": _("Past year")}
    words: list[tuple[str, str, Callable[[str], str]]] = [
        ("kind", _("Kind"), lambda name: str(kinds.get(name).word) if name in kinds else ""),
        ("what", _("Kind of resource"), lambda name: facet_word("what", name)),
        ("grade", _("Grade"), lambda grade: _("Grade %(grade)s", grade=grade_word(int(grade)))),
        ("standard", _("Standard"), lambda standard: names["standard"].get(standard, "")),
        ("school", _("School"), lambda school: names["school"].get(school, "")),
        ("driver", _("Driver"), lambda driver: names["driver"].get(driver, "")),
        ("outcome", _("How it went"), lambda outcome: outcomes.get(outcome, "")),
        ("subject", _("Subject"), lambda name: facet_word("subject", name)),
        ("licence", _("Licence"), lambda name: facet_word("licence", name)),
    ]
    made = [
        _filter(name, title, found.counts.get(name, {}), getattr(wish, name), word, here)
        for name, title, word in words
    ]
    when = {span: spans[span] for span in SPANS if spans.get(span)}
    made.append(_filter("span", _("When"), when, wish.span, lambda span: dates[span], here))
    return [each for each in made if len(each["items"]) > 1 or each["set"]]


def _filter(
    name: str, title: str, counts: dict[str, int], chosen: str, word: Callable[[str], str], here: Address
) -> dict[str, Any]:
    values = sorted(counts, key=lambda value: -counts[value])[:MOST]
    if chosen and chosen not in values:
        values.append(chosen)
    values = sorted(values, key=int) if name == "grade" else values
    items = [
        {
            "label": word(value),
            "count": counts.get(value, 0),
            "current": value == chosen,
            "url": here(**{name: None if value == chosen else value}),
        }
        for value in values
        if word(value)
    ]
    return {"title": title, "items": items, "set": [item for item in items if item["current"]]}
