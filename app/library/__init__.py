"""Floor 5: the shared library: resources with evidence, versions and lineage, requests, collections.

A resource is a contribution of the kind `resource` with a body beside it; replies, reactions, files,
visibility, search and live updates come with contributions.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask


def words_for_search(it: Any) -> str:
    """What a resource is found by, beside its title: all that its card knows."""
    card = it.card or {}
    names = [file["name"] for file in card.get("files", [])]
    said = [it.text, card.get("needs", ""), card.get("authors", ""), *card.get("tags", []), *names]
    # A sign between them: a line of results shows them after one another.
    return " · ".join(part for part in said if part)


def facts_for_search(it: Any) -> tuple[str, ...]:
    """What a resource's card on a shelf shows: what it is, for whom, how long, and who used it."""
    from flask_babel import gettext as _
    from flask_babel import ngettext

    from app.library.models.vocabulary import what_word
    from app.networks.models.words import grades_word

    card = it.card or {}
    minutes, uses = card.get("minutes"), card.get("uses") or {}
    schools = uses.get("schools")
    used = ngettext("Used in one school", "Used in %(num)s schools", schools) if schools else ""
    said = (
        what_word(card.get("what")),
        grades_word(it.grades),
        _("%(minutes)s min", minutes=minutes) if minutes else "",
        used or (_("Used by a colleague") if uses else ""),
    )
    return tuple(str(part) for part in said if part)


def marks_for_search(it: Any) -> dict[str, tuple[str, ...]]:
    """The facets of a resource, and whether it was made of another."""
    from app.library.queries.resources import is_copy

    card = it.card or {}
    marks: dict[str, tuple[str, ...]] = {
        name: (str(card[name]),) for name in ("what", "subject", "licence") if card.get(name)
    }
    if is_copy(it):
        marks["has"] = ("copy",)
    return marks


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.library import models, routes, subscribers  # noqa: F401
    from app.library.queries import checks, personal  # noqa: F401

    _register_kinds()
    _say_words(app)
    app.register_blueprint(routes.bp)
    navigation.add("settings", "library.settings", _l("Library"), "books")
    navigation.add(
        "left",
        "library.index",
        _l("Library"),
        "books",
        order=20,
        also=("bottom",),
        also_current=("library.", "standards.index", "standards.page"),
    )


def _register_kinds() -> None:
    from flask_babel import lazy_gettext as _l

    from app.core.kinds import Kind, kinds
    from app.library.policy import can_take_in
    from app.library.queries.using import edits_use

    kinds.register(
        Kind(
            "resource",
            _l("Resource"),
            "books",
            "material",
            "library/_body.html",
            editable="library.edit",
            layout="resource",
            pace="resources",
            words_for_search=words_for_search,
            marks_for_search=marks_for_search,
            facts_for_search=facts_for_search,
            found_as="resource",
            stands_apart=True,
            telling="library.used",
        )
    )
    body = "library/_request_body.html"
    kinds.register(
        Kind(
            "request",
            _l("Needed"),
            "clock",
            "question",
            body,
            layout="request",
            can_be_tried=False,
            editable="library.edit_request",
        )
    )
    kinds.edits(edits_use)
    kinds.offers("material", "library.take_in", _l("Take into the library"), "books", can_take_in)


def _say_words(app: Flask) -> None:
    from app.core.search.sources import say_facet
    from app.library.actions.using import use_words
    from app.library.forms.days import days_to_tap
    from app.library.models import LICENCES, licence_of, vocabulary
    from app.networks.models import grades_of

    say_facet("what", vocabulary.WHATS)
    say_facet("subject", vocabulary.SUBJECTS)
    say_facet("licence", {code: licence.name for code, licence in LICENCES.items()})
    app.jinja_env.globals.update(
        what_word=vocabulary.what_word,
        what_icon=lambda name: vocabulary.WHAT_ICONS.get(name or "", "page"),
        subject_word=vocabulary.subject_word,
        language_word=vocabulary.language_word,
        outcome_word=vocabulary.outcome_of,
        use_words=use_words,
        licence_of=licence_of,
        site_of=lambda address: urlsplit(address).hostname or address,
        grades_in=grades_of,
        packing_words=_packing_words,
        days_to_tap=days_to_tap,
    )


def _packing_words(size: int | None = None) -> str:
    """How much goes into one archive, said where it may be too little for `size` bytes."""
    from flask_babel import gettext as _

    from app.library.queries.packing import PACKED_AT_MOST

    if size is not None and size <= PACKED_AT_MOST:
        return ""
    most = PACKED_AT_MOST // (1024 * 1024)
    return str(
        _(
            "At most %(most)s MB go into one download; what does not fit is listed with its address.",
            most=most,
        )
    )
