"""The labelled files: what teachers attach, made here from words, none of them of real children.

Each is a name (its ending says the kind), whether a pupil can be known from it, and its content: rows for
CSV, sheets of rows for XLSX, lines and tables for DOCX, lines for PDF. Every second one was kept apart while
the rules were tuned.
"""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from app.core.previews.reader import pages, plain, sheets, word
from app.core.previews.reader.finding import Finding

ROSTER = [
    ["Student", "Pre", "Post"],
    ["Maria Lopez", "42", "71"],
    ["Jaylen Carter", "55", "60"],
    ["Wei Chen", "80", "92"],
]
FILES: list[tuple[str, bool, Any]] = [
    ("exit ticket.csv", True, ROSTER),
    (
        "gradebook.csv",
        True,
        [
            ["Last Name", "First Name", "ID", "Quiz 1"],
            ["Tran", "Minh", "40021", "8"],
            ["Diaz", "Sofia", "40022", "6"],
        ],
    ),
    ("period 3.xlsx", True, {"Period 3": ROSTER, "Notes": [["Try number talks"]]}),
    (
        "fall map.xlsx",
        True,
        {
            "MAP": [
                ["Name", "RIT", "Percentile"],
                ["Hassan, Omar", "201", "12"],
                ["Scott, Brianna", "214", "45"],
            ]
        },
    ),
    ("my kids.xlsx", True, {"Sheet1": [["Fatima", "7/10"], ["DeShawn", "4/10"], ["Linh", "9/10"]]}),
    (
        "contacts.csv",
        True,
        [
            ["Student name", "Parent phone"],
            ["Xiomara Ruiz", "555-201-0199"],
            ["Aaliyah Brown", "555-201-0198"],
        ],
    ),
    ("roster.csv", True, [["Student ID", "DOB"], ["5520198", "3/4/2012"], ["5520199", "7/30/2012"]]),
    (
        "emails.xlsx",
        True,
        {
            "Kids": [
                ["First", "Last", "Email"],
                ["Tyler", "Reed", "treed28@students.lake.org"],
                ["Ana", "Cruz", "acruz28@students.lake.org"],
            ]
        },
    ),
    (
        "reflection.docx",
        True,
        ["What I learned", "The launch was too long, and Maria Gonzalez scored 3/10 on the exit ticket."],
    ),
    (
        "case study.docx",
        True,
        ["A pupil", "Student ID 4482913 joined us in March and was born on May 5, 2012."],
    ),
    ("data meeting.docx", True, ["Our data", ROSTER]),
    (
        "intervention.docx",
        True,
        ["Groups", [["Name", "Level"], ["Khadija Ali", "1"], ["Brandon Hill", "2"], ["Yesenia Mora", "1"]]],
    ),
    ("scan.pdf", True, ["Unit test results", "Maria Lopez 42", "Jaylen Carter 55", "Thuy Pham 91"]),
    ("letter.pdf", True, ["Dear family,", "Aniya Johnson earned a D in math this quarter.", "Please call."]),
    ("report.pdf", True, ["Progress report", "Student: Kevin Nguyen", "Student ID: 7745120", "Grade: C-"]),
    (
        "all periods.xlsx",
        True,
        {"P1": [["Score", "Student"], ["88", "Zainab Khan"], ["64", "Luis Ortega"]], "P2": ROSTER},
    ),
    ("class averages.csv", False, [["Period", "Pre", "Post"], ["P1", "42", "71"], ["P2", "55", "60"]]),
    (
        "supplies.csv",
        False,
        [["Item", "Count", "Price"], ["Fraction tiles", "30", "45"], ["Dice", "60", "12"]],
    ),
    (
        "team.xlsx",
        False,
        {
            "Team": [
                ["Teacher", "School", "Room"],
                ["Maria Lopez", "Cedar", "214"],
                ["Dana Reed", "Maple", "118"],
            ]
        },
    ),
    (
        "blind.xlsx",
        False,
        {"Data": [["Student", "Score"], ["Student 1", "12"], ["Student 2", "15"], ["S3", "9"]]},
    ),
    (
        "pacing.xlsx",
        False,
        {"Unit 4": [["Lesson", "Days", "Standard"], ["Ratios", "2", "6.RP.A.1"], ["Rates", "3", "6.RP.A.2"]]},
    ),
    (
        "rubric.csv",
        False,
        [["Level", "Words", "Points"], ["Explains", "says why", "4"], ["Shows", "draws it", "3"]],
    ),
    ("run chart.csv", False, [["Week", "Value"], ["Sept 7", "31"], ["Sept 14", "35"], ["Sept 21", "44"]]),
    ("schools.csv", False, [["School", "Proficient"], ["Lincoln Middle", "41"], ["Jordan Elementary", "52"]]),
    (
        "lesson plan.docx",
        False,
        ["Lesson 3", "Launch, 5 minutes. Maria has 3/4 of a pizza.", "Work time, 20 minutes. 6.RP.A.3"],
    ),
    (
        "agenda.docx",
        False,
        ["Agenda", "8:30 Welcome (Angela)", "9:15 Data from 4 schools (Brian)", "Room 214"],
    ),
    (
        "norms.docx",
        False,
        ["Our norms", [["Norm", "Example"], ["All voices", "Go round once"], ["Be curious", "Ask 3 whys"]]],
    ),
    (
        "task.pdf",
        False,
        ["Pizza for all", "Tom and Ana share 3/4 of a pizza with 2 friends.", "How much does each one get?"],
    ),
    (
        "article.pdf",
        False,
        [
            "Ratios in the middle grades",
            "In 2019, 43% of pupils in Washington were proficient.",
            "Euler, 1707",
        ],
    ),
    ("flyer.pdf", False, ["Family math night", "Thursday, 6:30 in room 12", "Call the office: 555-201-4000"]),
]


def sections_of(name: str, content: Any, folder: Path) -> list[Any]:
    """The file, made, and read as the product reads it."""
    path = folder / name
    maker, reader, media_type = KINDS[path.suffix]
    path.write_bytes(maker(content))
    finding = Finding(folder)
    reader(path, finding, media_type)
    return finding.sections


def as_csv(rows: list[list[str]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(by_sheet: dict[str, list[list[str]]]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    book.remove(book.active)
    for title, rows in by_sheet.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(out)
    return out.getvalue()


def as_docx(parts: list[Any]) -> bytes:
    from docx import Document

    document, out = Document(), BytesIO()
    document.add_heading(parts[0], 1)
    for part in parts[1:]:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for cells, row in zip(table.rows, part, strict=True):
            for cell, said in zip(cells.cells, row, strict=True):
                cell.text = said
    document.save(out)
    return out.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    from fpdf import FPDF

    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    for line in lines:
        page.cell(0, 8, line)
        page.ln()
    return bytes(page.output())


KINDS: dict[str, tuple[Any, Any, str]] = {
    ".csv": (as_csv, plain.read, "text/csv"),
    ".xlsx": (as_xlsx, sheets.read, ""),
    ".docx": (as_docx, word.read, ""),
    ".pdf": (as_pdf, pages.read, ""),
}
