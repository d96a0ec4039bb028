"""Roles, grades, standings and places in words, as a colleague would say them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.networks.models.members import Member, grades_of

ROLE_WORDS: dict[str, Any] = {
    "teacher": _l("Teacher"),
    "teacher_leader": _l("Teacher leader"),
    "coach": _l("Coach"),
    "principal": _l("Principal"),
    "researcher": _l("Researcher"),
}

STANDING_WORDS: dict[str, Any] = {
    "asked": _l("Asked to join"),
    "active": _l("Active"),
    "paused": _l("Taking a break"),
    "former": _l("Former member"),
}


def role_word(role: str | None) -> str:
    """The word for a role; empty for none."""
    return str(ROLE_WORDS.get(role or "", ""))


def grades_word(mask: int) -> str:
    """ "Grade 7", "Grades 6 and 7", "Grades 5–8"; empty for none. Kindergarten is K."""
    grades = grades_of(mask)
    names = [grade_word(grade) for grade in grades]
    if not grades:
        return ""
    if len(grades) == 1:
        return _("Grade %(grade)s", grade=names[0])
    if grades == list(range(grades[0], grades[-1] + 1)) and len(grades) > 2:
        return _("Grades %(first)s–%(last)s", first=names[0], last=names[-1])
    return _("Grades %(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1])


def grade_word(grade: int) -> str:
    """ "K", "7": short, for tables and choices."""
    return _("K") if grade == 0 else str(grade)


def standing_word(standing: str) -> str:
    return str(STANDING_WORDS.get(standing, ""))


def hub_word(member: Member) -> str:
    """ "Network director", "Facilitator", or nothing."""
    if member.is_director:
        return _("Network director")
    return _("Facilitator") if member.is_facilitator else ""


def place_parts(member: Member) -> list[str]:
    """ "Teacher", "Grade 7", "Cedar Street": what is known, for one line."""
    site = member.site.short_name if member.site else ""
    return [part for part in (role_word(member.role), grades_word(member.grades), site) if part]


def shown_name(member: Member) -> str:
    """The member's name, or "former member" once it is gone."""
    return member.name or _("Former member")
