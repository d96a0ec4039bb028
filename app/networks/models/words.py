"""The words for roles and grades, as a colleague would say them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.networks.models.members import grades_of

ROLE_WORDS: dict[str, Any] = {
    "teacher": _l("Teacher"),
    "teacher_leader": _l("Teacher leader"),
    "coach": _l("Coach"),
    "principal": _l("Principal"),
    "researcher": _l("Researcher"),
}


def role_word(role: str | None) -> str:
    """The word for a role; empty for none."""
    return str(ROLE_WORDS.get(role or "", ""))


def grades_word(mask: int) -> str:
    """ "Grade 7", "Grades 6 and 7", "Grades 5–8"; empty for none. Kindergarten is K."""
    grades = grades_of(mask)
    names = ["K" if grade == 0 else str(grade) for grade in grades]
    if not grades:
        return ""
    if len(grades) == 1:
        return _("Grade %(grade)s", grade=names[0])
    if grades == list(range(grades[0], grades[-1] + 1)) and len(grades) > 2:
        return _("Grades %(first)s–%(last)s", first=names[0], last=names[-1])
    return _("Grades %(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1])
