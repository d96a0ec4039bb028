"""Sheets (XLSX) with real numbers and formulas.

A spec has `sheets`: a `name`, `rows` (a text that begins with = is a formula), optional
column `widths`, and an optional `chart`: its kind (column, line, scatter), `title`,
`columns` (1-based: first the categories or x, then the series) and the row of headings.
"""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart, Series
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.demo.files.steady import steady

HEAD = PatternFill("solid", fgColor="E3F0EE")
CHARTS = {"column": BarChart, "line": LineChart, "scatter": ScatterChart}


def make_sheets(spec: dict[str, Any]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    book.properties.title = spec["title"]
    book.properties.creator = spec.get("by", "Middle Grades Math Network")
    for sheet in spec["sheets"]:
        _sheet(book.create_sheet(sheet["name"]), sheet)
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _sheet(page: Any, spec: dict[str, Any]) -> None:
    for row in spec["rows"]:
        page.append(row)
    head = spec.get("head", 1)
    for cell in page[head]:
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(spec.get("widths", ()), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = page.cell(row=head + 1, column=1)
    if "chart" in spec:
        _chart(page, spec["chart"], head)


def _chart(page: Any, spec: dict[str, Any], head: int) -> None:
    chart = CHARTS[spec["kind"]]()
    chart.title, chart.height, chart.width = spec["title"], 9, 17
    last = spec["last"]
    first, *others = spec["columns"]
    categories = Reference(page, min_col=first, min_row=head + 1, max_row=last)
    for column in others:
        values = Reference(page, min_col=column, min_row=head, max_row=last)
        if spec["kind"] == "scatter":
            series = Series(values, categories, title_from_data=True)
            series.marker.symbol = "circle"
            series.graphicalProperties.line.noFill = True
            chart.series.append(series)
        else:
            chart.add_data(values, titles_from_data=True)
    if spec["kind"] != "scatter":
        chart.set_categories(categories)
    page.add_chart(chart, spec["at"])
