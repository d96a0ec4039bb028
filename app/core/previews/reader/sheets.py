"""Spreadsheets: each sheet as a table of what its cells show, or of the formula where no value is kept."""

import warnings
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.core.previews.reader import archive, bounds
from app.core.previews.reader.finding import Finding


def read(source: Path, finding: Finding, _media_type: str) -> None:
    archive.check(source, finding)
    warnings.simplefilter("ignore")
    with source.open("rb") as first, source.open("rb") as second:
        values = load_workbook(first, read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(second, read_only=True, keep_links=False)
        for name in values.sheetnames:
            if finding.full:
                break
            if hasattr(values[name], "iter_rows"):
                rows = _rows(values[name], formulas[name])
                finding.is_cut = finding.is_cut or len(rows) > bounds.ROWS
                finding.begin("sheet", name).show(rows)


def _rows(values: Any, formulas: Any) -> list[list[str]]:
    limits = {"max_row": bounds.ROWS_READ, "max_col": bounds.COLUMNS * 2, "values_only": True}
    pairs: Iterable[tuple[Any, Any]] = zip_longest(
        values.iter_rows(**limits), formulas.iter_rows(**limits), fillvalue=()
    )
    return [
        [_shown(value if value is not None else formula) for value, formula in zip_longest(known, written)]
        for known, written in pairs
    ]


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if hasattr(value, "isoformat"):
        return str(
            value.isoformat(" ") if hasattr(value, "hour") and hasattr(value, "day") else value.isoformat()
        )
    return str(getattr(value, "text", value))
