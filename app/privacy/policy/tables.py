"""Tables: which columns are names, and what stands beside them.

Nouns: a *head* is the row that names the columns; a *roster* is a table whose rows are pupils.
Rules: a column called "Student" is believed; one called "Name", or none, only where its cells are
children's names. Labels ("Student 4", "S-12", "Group 3") are nobody. Rows of one kind that follow each
other are one finding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.privacy.models.words import first_names, words
from app.privacy.policy.contacts import is_for_pupils
from app.privacy.policy.people import Known

HEAD_WORDS = 6
"""Of a cell that names a column."""
HEAD_WITHIN = 8
"""Rows from the top that may name the columns."""
COLUMNS = 52
_PUPILS = words("student students pupil pupils child learner alumno alumna estudiante kid scholar")
_NAMES = words("name names nombre first last surname firstname lastname fullname apellido")
_OTHERS = words(
    "teacher teachers staff coach school site item product author room subject lesson book standard "
    "topic task group team unit tool member principal facilitator vendor company title activity "
    "resource"
)
_SCORES = words(
    "score scores grade grades quiz test exam percent percentage % points pts total pre post exit "
    "ticket rit map level correct average avg result results mark marks nota gpa percentile proficiency "
    "benchmark final q1 q2 q3 q4 fall winter spring growth iready nwea pretest posttest assessment"
)
_IDS = words("id ids ssid sasid sis number no # studentid identifier perm lasid")
_SIGNS = str.maketrans("_/:()", "     ")
_KINDS = {
    "email": words("email e-mail mail correo"),
    "phone": words("phone cell mobile telephone tel contact"),
    "birth": words("dob birth birthday birthdate d.o.b"),
}
_FAMILY = words("parent parents guardian mother father family home emergency mom dad")


@dataclass
class Columns:
    """What each column is; `sure` where the head says pupil."""

    names: list[int] = field(default_factory=list)
    data: dict[str, list[int]] = field(default_factory=dict)
    sure: bool = False
    others: bool = False
    """The head says that the rows are something else: teachers, items, schools."""


@dataclass(frozen=True)
class Rows:
    """Rows `first` to `last`, from 1, in which `kind` was found; `about` is what they say."""

    kind: str
    first: int
    last: int
    about: str


def look_at_rows(rows: Sequence[Sequence[str]], known: Known) -> list[Rows]:
    """What looks like pupils' in a table."""
    head, columns = _head(rows)
    found = [
        *_named_rows(rows, head, columns, known),
        *_single_columns(rows, head, columns),
        *_addresses(rows),
    ]
    return _together(found)


def _said(cell: str) -> list[str]:
    return cell.lower().translate(_SIGNS).split()


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, Columns]:
    """The row that names the columns (-1 for none), and what they are."""
    for place, row in enumerate(rows[:HEAD_WITHIN]):
        columns = _columns(row)
        if columns.sure or columns.others or (columns.names and columns.data):
            return place, columns
        if any(kind in columns.data for kind in ("id", "birth", "email", "phone")):
            return place, columns
    return -1, Columns()


def _columns(row: Sequence[str]) -> Columns:
    columns = Columns()
    if sum(bool(cell.strip()) for cell in row) < 2:
        return columns
    for place, cell in enumerate(row[:COLUMNS]):
        said = set(_said(cell))
        if said and len(said) <= HEAD_WORDS:
            _note(columns, place, said)
    columns.sure = columns.sure and bool(columns.names or columns.data)
    if not columns.sure:
        # A list of colleagues has names, e-mail addresses and phone numbers too.
        columns.data = {kind: at for kind, at in columns.data.items() if kind in ("score", "id", "birth")}
        columns.others = columns.others and not (columns.names and columns.data)
    else:
        columns.others = False
    return columns


def _note(columns: Columns, place: int, said: set[str]) -> None:
    kind = _kind_of(said)
    if kind == "name":
        columns.names.append(place)
    elif kind is not None:
        columns.data.setdefault(kind, []).append(place)
    columns.sure = columns.sure or bool(said & (_PUPILS if kind == "name" else _PUPILS | _FAMILY))
    columns.others = columns.others or (kind is None and bool(said & _OTHERS))


def _kind_of(said: set[str]) -> str | None:
    for kind, listed in _KINDS.items():
        if said & listed:
            return kind
    if said & _IDS and not said & _OTHERS:
        return "id"
    if said & (_NAMES | _PUPILS) and not said & (_OTHERS | _SCORES):
        return "name"
    return "score" if said & _SCORES else None


def _named_rows(rows: Sequence[Sequence[str]], head: int, columns: Columns, known: Known) -> Iterator[Rows]:
    """Rows with a child's name and something beside it."""
    if columns.others:
        return
    hits = []
    likely = 0
    for place in range(head + 1, len(rows)):
        name, at = _name(rows[place], columns, known)
        kind = _beside(rows[place], at, columns) if name else None
        if kind is not None:
            hits.append(Rows(kind, place + 1, place + 1, f"{name} {'|'.join(rows[place]).lower()}"))
            likely += _is_childs(name)
    enough = (columns.sure and columns.data) or likely * 2 >= len(hits)
    if hits and enough and (likely >= 2 or columns.data or len(rows) <= 3):
        yield from hits


def _name(row: Sequence[str], columns: Columns, known: Known) -> tuple[str, set[int]]:
    """The name in the row, in small letters, and its columns; empty for none."""
    places = columns.names or [place for place, cell in enumerate(row[:3]) if _like_a_name(cell)][:2]
    cells = [(place, row[place].strip()) for place in places if place < len(row) and row[place].strip()]
    if not cells or not all(_like_a_name(cell) for _place, cell in cells):
        return "", set()
    name = " ".join(cell.lower().replace(",", " ") for _place, cell in cells)
    name = " ".join(name.split())
    turned = " ".join([*name.split()[1:], *name.split()[:1]])
    return ("", set()) if {name, turned} & known.whole else (name, {place for place, _cell in cells})


def _like_a_name(cell: str) -> bool:
    parts = cell.replace(",", " ").replace(".", " ").split()
    if not 0 < len(parts) <= 5 or any(letter.isdigit() for letter in cell) or len(cell) > 60:
        return False
    low = {part.lower() for part in parts}
    capital = parts[0][0].isupper() or _is_childs(cell.lower())
    whole = all(part.replace("-", "").replace("'", "").replace("’", "").isalpha() for part in parts)
    return capital and whole and len(parts[0]) > 1 and not low & (_PUPILS | _NAMES | _OTHERS | _SCORES)


def _is_childs(name: str) -> bool:
    return any(part in first_names() for part in name.lower().replace(",", " ").split())


def _beside(row: Sequence[str], names: set[int], columns: Columns) -> str | None:
    """What kind of thing stands in the row beside the name."""
    for kind in ("score", "id", "email", "phone", "birth"):
        for place in columns.data.get(kind, ()):
            if place < len(row) and _is_data(row[place], kind):
                return kind
    if columns.data:
        return None
    beside = [cell for place, cell in enumerate(row) if place not in names and _is_data(cell, "score")]
    return "score" if beside else None


def _is_data(cell: str, kind: str) -> bool:
    cell = cell.strip()
    if kind == "score":
        return _is_score(cell)
    return bool(cell) and (any(letter.isdigit() for letter in cell) or "@" in cell)


def _is_score(cell: str) -> bool:
    bare = cell.replace("%", "").replace(" ", "").replace("/", "").replace(".", "").replace(",", "")
    if bare.isdigit() and len(bare) <= 6:
        return True
    return len(cell) <= 2 and cell[:1] in "ABCDF" and cell[1:] in ("", "+", "-") and bool(cell)


def _single_columns(rows: Sequence[Sequence[str]], head: int, columns: Columns) -> Iterator[Rows]:
    """Columns that need no name beside them, where the head says whose they are."""
    if head < 0 or not columns.sure or columns.names:
        return
    for kind in ("id", "email", "phone", "birth"):
        for place in columns.data.get(kind, ()):
            for number, row in enumerate(rows[head + 1 :], start=head + 2):
                if place < len(row) and _is_data(row[place], kind) and len(row[place].strip()) >= 4:
                    yield Rows(kind, number, number, row[place].strip().lower())


def _addresses(rows: Sequence[Sequence[str]]) -> Iterator[Rows]:
    """E-mail addresses that schools give to pupils, whatever the head says."""
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if "@" in cell and is_for_pupils(cell.strip().rpartition("@")[2]):
                yield Rows("email", number, number, cell.strip().lower())


def _together(found: Sequence[Rows]) -> list[Rows]:
    """Rows of one kind that follow each other are one finding."""
    joined: list[Rows] = []
    for rows in sorted(found, key=lambda each: (each.kind, each.first)):
        last = joined[-1] if joined else None
        if last and last.kind == rows.kind and rows.first <= last.last + 2:
            joined[-1] = Rows(last.kind, last.first, rows.last, f"{last.about}\n{rows.about}")
        else:
            joined.append(rows)
    return sorted(joined, key=lambda each: each.first)
