"""The words that resources are sorted by: kinds, subjects, languages, settings."""

from typing import Any

from flask_babel import lazy_gettext as _l

WHATS: dict[str, Any] = {
    "task": _l("Task"),
    "lesson": _l("Lesson"),
    "assessment": _l("Assessment"),
    "slides": _l("Slides"),
    "protocol": _l("Protocol"),
    "rubric": _l("Rubric"),
    "student_work": _l("Student work"),
    "reading": _l("Reading"),
    "video": _l("Video"),
    "data_set": _l("Data set"),
}
"""What a resource is."""
WHAT_ICONS = {
    "task": "pencil",
    "lesson": "books",
    "assessment": "check",
    "slides": "image",
    "protocol": "talks",
    "rubric": "list",
    "student_work": "person",
    "reading": "page",
    "video": "device",
    "data_set": "chart",
}
SUBJECTS: dict[str, Any] = {
    "mathematics": _l("Mathematics"),
    "science": _l("Science"),
    "ela": _l("English language arts"),
    "social_studies": _l("Social studies"),
    "arts": _l("Arts"),
    "any": _l("Any subject"),
}
LANGUAGES: dict[str, Any] = {
    "en": _l("English"),
    "es": _l("Spanish"),
    "fr": _l("French"),
    "zh": _l("Chinese"),
    "ar": _l("Arabic"),
    "vi": _l("Vietnamese"),
    "ht": _l("Haitian Creole"),
    "other": _l("Another language"),
}
SETTINGS: dict[str, Any] = {
    "whole_class": _l("Whole class"),
    "small_group": _l("Small group"),
    "one_to_one": _l("One to one"),
    "intervention": _l("Intervention"),
    "homework": _l("Homework"),
    "other": _l("Somewhere else"),
}
OUTCOME_WORDS: dict[str, Any] = {
    "worked": _l("Worked"),
    "mixed": _l("Mixed"),
    "did_not_work": _l("Didn't work"),
}


def what_word(name: str | None) -> str:
    """The word for a kind of resource; empty for none."""
    return str(WHATS.get(name or "", ""))


def subject_word(name: str | None) -> str:
    return str(SUBJECTS.get(name or "", ""))


def language_word(name: str | None) -> str:
    return str(LANGUAGES.get(name or "", ""))


def setting_of(name: str | None) -> str:
    return str(SETTINGS.get(name or "", ""))


def outcome_of(name: str | None) -> str:
    return str(OUTCOME_WORDS.get(name or "", ""))
