"""Sections: places on a page of a lower feature that features above fill.

Nouns: a *place* is a name such as `profile` or `first step`; a *section* is a function that
makes its HTML for a viewer (and a subject), or nothing.

Rules: a section reads through the viewer and renders a template; what it returns is markup.
The page that shows the place is a door, and its sections are seen by that door's test.

    @sections.fills("profile", order=20)
    def shared(viewer, member): return render_template(...)
"""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

Section = Callable[..., str | None]
_places: dict[str, list[tuple[int, Section]]] = {}


def fills(place: str, *, order: int = 50) -> Callable[[Section], Section]:
    """Register a section of `place`; lower orders come first."""

    def register(function: Section) -> Section:
        known = _places.setdefault(place, [])
        if all(section is not function for _order, section in known):
            known.append((order, function))
            known.sort(key=lambda pair: pair[0])
        return function

    return register


def of(place: str, *about: Any) -> list[Markup]:
    """What the features show in `place`, in order; `about` is handed to each of them."""
    made = (section(*about) for _order, section in _places.get(place, []))
    # A section's return value comes from a template, which escaped what people wrote.
    return [Markup(html) for html in made if html]  # noqa: S704
