"""Relations and standards in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.text import excerpt
from app.standards.models.frameworks import Standard

RELATIONS = ("addressing", "building_on", "building_towards")
RELATION_WORDS: dict[str, Any] = {
    "addressing": _l("Addressing"),
    "building_on": _l("Building on"),
    "building_towards": _l("Building towards"),
}
SHOWN = 160
"""Letters of a statement in a list."""


def relation_word(relation: str) -> str:
    return str(RELATION_WORDS.get(relation, ""))


def name_of(standard: Standard) -> str:
    """What it says, short: its label, else the beginning of its statement."""
    return standard.label or excerpt(standard.statement, SHOWN)


PROBLEM_WORDS: dict[str, Any] = {
    "not_an_item": _l("Entries without an identifier or a statement were left out"),
    "twice": _l("Entries that came twice; the first one counts"),
    "long_code": _l("Codes of more than 80 letters were left out"),
    "strange_grade": _l("Grades that we don't know were left out"),
    "not_a_link": _l("Links without two ends, or of a kind that we don't know, were left out"),
    "strange_link": _l("Kinds of links that we don't know"),
    "link_twice": _l("Links that came twice; the first one counts"),
    "unknown_child": _l("Links that place an entry which is not in the file"),
    "unknown_origin": _l("Links that begin at an entry which is not in the file"),
    "missing_parent": _l("Entries whose place above is not in the file; they stand at the top"),
    "two_places": _l("Entries that belong in several places; we show them in the first"),
    "no_place": _l("Entries without a place; they stand at the top"),
    "circle": _l("Entries that stand above themselves; we cut the circle there"),
    "older_item": _l("Entries that are older than what we have; ours stay"),
    "older_package": _l("The file is older than what we have; nothing was changed"),
}
REASON_WORDS: dict[str, Any] = {
    "too_large": _l("The file is larger than 40 MB. Please ask for one list at a time."),
    "too_many": _l("The file has %(where)s entries, more than one list can have here."),
    "empty": _l("The file is empty. Please download it again."),
    "table": _l(
        "This is a table (CSV or text). We read lists of standards as JSON: where you found it, look for "
        "“JSON” or “CASE”, or ask whoever publishes it."
    ),
    "zip": _l(
        "This is a ZIP or an office file. If it is a ZIP, unpack it first, and send the JSON file in it."
    ),
    "pdf": _l(
        "This is a PDF. We read lists of standards as JSON: look for “JSON” or “CASE” where you found it."
    ),
    "page": _l(
        "This is a web page or XML and not the list. Look on that page for a download named “JSON” or “CASE”."
    ),
    "broken_json": _l(
        "The file breaks off or has a mistake in line %(where)s, so we could not read it. "
        "Please download it again."
    ),
    "not_json": _l("We could not read the file. A list of standards comes as JSON, in the format CASE."),
    "no_package": _l(
        "The file can be read, but there is no list of standards in the format CASE in it. It has: %(where)s."
    ),
    "no_items": _l("The list “%(where)s” has no standards in it, so nothing was changed."),
    "nothing_taken": _l("Everything was left out, so nothing was changed."),
    "already_shared": _l("This list is here for every network already. Choose it above."),
    "not_reached": _l("We could not get anything from that address. Please check it, or send the file."),
    "no_room": _l("There is no room left on our disk just now. Please try again a little later."),
    "gone": _l("The file was gone before we could read it. Please send it again."),
}


def problem_sentence(problem: Mapping[str, Any]) -> str:
    """ "Entries that came twice; the first one counts: 3 (6.RP.A.1, …)"."""
    words = str(PROBLEM_WORDS.get(problem["kind"], problem["kind"]))
    places = ", ".join(problem["places"])
    more = ", …" if problem["count"] > len(problem["places"]) else ""
    return f"{words}: {problem['count']}" + (f" ({places}{more})" if places else "")


def reason_sentence(reason: str, where: str = "") -> str:
    """Why nothing came in. `where` is as `NotAPackage` has it."""
    sentence = REASON_WORDS.get(reason, REASON_WORDS["not_json"])
    return str(sentence).replace("%(where)s", where or "–")


LINK_WORDS: dict[str, tuple[Any, Any]] = {
    "exactMatchOf": (_l("The same as"), _l("The same as")),
    "isRelatedTo": (_l("Related to"), _l("Related to")),
    "isPeerOf": (_l("Beside"), _l("Beside")),
    "isPartOf": (_l("Part of"), _l("Has as a part")),
    "precedes": (_l("Comes before"), _l("Comes after")),
    "replacedBy": (_l("Replaced by"), _l("Replaces")),
    "exemplar": (_l("An example of"), _l("Shown by")),
    "hasSkillLevel": (_l("At the level of"), _l("Level of")),
    "isTranslationOf": (_l("A translation of"), _l("Translated as")),
}


def link_word(kind: str, backward: bool = False) -> str:
    """How two standards belong together; backward, as the other one sees it."""
    return str(LINK_WORDS.get(kind, LINK_WORDS["isRelatedTo"])[backward])
