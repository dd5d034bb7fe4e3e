"""Writing what an analysis found: one writer, one declaration of columns, which is also the data dictionary."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analyses.result import Column, Figure, Result, Table
from layers import write
from layers.raster import dtype_of
from layers.text import Text

FIGURES = "figures.json"
TABLES = "tables.xlsx"
LAYERS = "layers.gpkg"
DEMONSTRATION = Text("DATI DIMOSTRATIVI, senza valore legale", "DEMONSTRATION DATA, without legal value")

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t]")
_HARMLESS = re.compile(r"[+-]?[\d.,]*")
"""Numbers and a lone dash, which a spreadsheet takes for what they are."""

_COLUMN = re.compile(r"\w+(\.\w+)?")
"""A layer or a column of it: what files may say that a figure is the sum of; a formula of columns is for the screen."""


def write_all(result: Result, analysis_id: str, folder: Path, *, is_demonstration: bool) -> tuple[str, ...]:
    """Write every file of ``result`` into ``folder`` and return their names."""
    # openpyxl is slow to load; a window is up before anything is run.
    from puc_tool.workbook import workbook

    about = DEMONSTRATION.it if is_demonstration else ""
    write.text(folder / FIGURES, _figures_json(analysis_id, result.figures))
    for table in result.tables:
        write.text(folder / _csv_name(table), csv_of(table))
    write.data(folder / TABLES, workbook(result, about))
    names = [FIGURES, *(_csv_name(table) for table in result.tables), TABLES]
    if result.layers:
        write.geopackage(folder / LAYERS, result.layers, about)
        names.append(LAYERS)
    for name, raster in result.rasters.items():
        write.geotiff(folder / f"{name}.tif", raster, _nodata(dtype_of(raster)), about)
        names.append(f"{name}.tif")
    return tuple(names)


def _nodata(dtype: np.dtype[Any]) -> float | int:
    """Return what a masked cell is written as: the largest whole number, or one that no score or height has."""
    return -9999.0 if dtype.kind == "f" else int(np.iinfo(dtype).max)


def read_figures(folder: Path) -> Mapping[str, Mapping[str, object]]:
    """Return the written figures by id."""
    content = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    return {figure["id"]: figure for figure in content["figures"]}


def read_table(folder: Path, table_id: str, numbers: Collection[str] = ()) -> pd.DataFrame | None:
    """Return a written table, codes and names as text, or None if the run had none.

    In the columns called ``numbers`` an empty cell is a missing number; everywhere else it is an empty word.
    """
    path = folder / f"{table_id}.csv"
    texts = dict.fromkeys(_CODES, str)
    gaps = {name: [""] for name in numbers}
    if not path.is_file():
        return None
    return pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=gaps).map(_as_it_was)


_CODES = ("code", "name", "from_code", "to_code", "code_a", "code_b", "zone_from", "zone_to", "year")


def _csv_name(table: Table) -> str:
    return f"{table.spec.id}.csv"


def _figures_json(analysis_id: str, figures: tuple[Figure, ...]) -> str:
    content = {"analysis": analysis_id, "figures": [_figure(figure) for figure in figures]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _figure(figure: Figure) -> Mapping[str, object]:
    spec = figure.spec
    said: dict[str, object] = {"id": spec.id, "value": figure.value, "unit": spec.unit}
    if figure.value is None:
        said |= {"why": figure.why.it, "why_en": figure.why.en}
    said |= {"label_it": spec.label.it, "label_en": spec.label.en, "method": spec.method}
    if spec.is_sum and _COLUMN.fullmatch(spec.made_of):
        said["made_of"] = spec.made_of
        if spec.only:
            said["made_of_only"] = dict([spec.only])
    return said if spec.is_verified else said | {"verified": False}


def csv_of(table: Table) -> str:
    """Return a table as its file says it."""
    columns = {column.id: _words(table.frame[column.id], column) for column in table.columns}
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")


def _words(values: pd.Series, column: Column) -> pd.Series:
    if column.decimals is None:
        return values.map(_one_line_end).map(_no_formula)
    decimals = column.decimals
    # Adding zero turns the minus of a rounded «-0» away.
    return values.map(lambda value: "" if pd.isna(value) else f"{round(value, decimals) + 0.0:.{decimals}f}")


def _one_line_end(value: object) -> object:
    """Return words whose line ends a CSV quotes: a lone carriage return would break the row."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _no_formula(value: object) -> object:
    """Return words that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    if not isinstance(value, str) or not _LIKE_A_FORMULA.match(value) or _HARMLESS.fullmatch(value):
        return value
    return f"'{value}"


def _as_it_was(value: object) -> object:
    """Undo ``_no_formula``."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and _LIKE_A_FORMULA.match(value) else value
