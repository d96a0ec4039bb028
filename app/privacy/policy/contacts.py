"""Numbers, e-mail addresses, phone numbers and dates of birth that look like a student's or a family's.

Rules: each needs a word that says whose it is, in the same sentence: a school's office, a help desk and
one's own address are nobody's secret. One pass for each kind; no pattern can run back over what it read.
"""

import re
from collections.abc import Iterator, Sequence

from app.privacy.models.findings import Finding
from app.privacy.models.words import FAMILY, FREE_MAIL, OWN, PRONOUNS, PUPIL, words
from app.privacy.policy.sentences import Token

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w/.#-])\+?(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-]?)?\d{3}[ .-]?\d{4}(?![\w/])")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mayo|junio|julio)[a-z]{0,8}\.?"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?P<y1>\d{{4}}|\d{{2}})|(?P<y2>\d{{4}})[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})"
    rf"|\d{{1,2}} (?:de )?{_MONTH} (?:de )?(?P<y4>\d{{4}}))\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\bd\.?o\.?b\b|\bbirth(?:day|date|s)?\b|\bbday\b|\bb-day\b|\bborn\b|\bnaci(?:ó|miento|do|da)\b",
    re.IGNORECASE,
)
_CELLS = words("cell phone mobile number text call texted texting home house picks contact reached")
_ID_WORDS = words(
    "id ids ssid sasid sis stu identifier studentid stuid student-id pin number no num # perm ayp lasid "
    "suid nysid"
)
_SURE_IDS = words("ssid sasid sis studentid stuid stu student-id perm lasid suid nysid")
_ID_FOR = words("student students pupil state perm local lunch child kid sis stu")
_NOT_IDS = words(
    "zoom meeting course class order item room code copy module page part book isbn invoice ticket "
    "phone cell mobile version serial model video channel passcode resource activity task lesson unit "
    "google desmos po tracking"
)
YOUNGEST, OLDEST = 1998, 2025
"""Years in which a pupil of today may be born."""


def emails_in(text: str, said: set[str], start: int) -> Iterator[Finding]:
    for found in _EMAIL.finditer(text):
        local, _at, domain = found[0].lower().partition("@")
        school = is_for_pupils(domain)
        free = domain.split(".")[0] in FREE_MAIL
        families = bool(said & (FAMILY | PUPIL))
        theirs = (families or (free and said & PRONOUNS)) and not said & {"me", "help", "support"}
        if (school or theirs) and not local.startswith(("info", "help", "support", "office")):
            yield _finding("email", text, found.start(), found.end(), start)


def is_for_pupils(domain: str) -> bool:
    """Whether addresses at `domain` are given to pupils, by its name."""
    return any(part.startswith(("stu", "mystudent", "pupil")) for part in domain.lower().split(".")[:-1])


def phones_in(text: str, said: set[str], start: int, named: bool) -> Iterator[Finding]:
    """`named`: somebody who may be a pupil is named in the sentence."""
    theirs = named and bool(said & {"house", "home", "call", "text"})
    theirs = theirs or bool(said & (FAMILY | PUPIL)) or bool(said & {"his", "her"} and said & _CELLS)
    if not theirs and {"call", "home"} <= said:
        theirs = True
    if not theirs or (said & OWN - {"i", "i'm", "i'll", "my", "our"} and not said & FAMILY):
        return
    for found in _PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in found[0])
        parted = any(letter in " .-()" for letter in found[0].strip())
        if digits >= 7 and (parted or (digits >= 10 and said & (_CELLS | FAMILY))):
            yield _finding("phone", text, found.start(), found.end(), start)


def ids_in(sentence: Sequence[Token], start: int, named: bool) -> Iterator[Finding]:
    """`named`: somebody who may be a pupil is named in the sentence."""
    said = {token.low for token in sentence}
    whose = named or bool(said & (PUPIL | PRONOUNS | _SURE_IDS | {"child", "powerschool"}))
    for place, token in enumerate(sentence):
        if token.kind != "number" or len(token.said) < 4 or not token.said.isdigit():
            continue
        before = [each.low for each in sentence[max(0, place - 6) : place]]
        near = set(before)
        if near & _NOT_IDS or not near & _ID_WORDS:
            continue
        if (
            near & _SURE_IDS
            or (near & _ID_FOR and near & _ID_WORDS)
            or (whose and near & {"id", "ids", "identifier"})
        ):
            yield Finding("id", token.start + start, token.end + start, token.said, token.said, token.said)


def births_in(text: str, start: int) -> Iterator[Finding]:
    if not _BIRTH.search(text):
        return
    for found in _DATE.finditer(text):
        near = text[max(0, found.start() - 60) : found.start()] + " " + text[found.end() : found.end() + 30]
        if _BIRTH.search(near) and _is_young(found):
            yield _finding("birth", text, found.start(), found.end(), start)


def _is_young(found: re.Match[str]) -> bool:
    year = next(int(value) for value in found.groups() if value is not None)
    if year < 100:
        year += 2000
    return YOUNGEST <= year <= OLDEST


def _finding(kind: str, text: str, first: int, last: int, start: int) -> Finding:
    said = text[first:last]
    return Finding(kind, first + start, last + start, "".join(said.lower().split()), said, said)
