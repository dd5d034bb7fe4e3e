"""The numbers of one unit, from the table that the run wrote: what a sheet of that unit says first."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyses.result import Column
from layers.text import number, say
from puc_tool.maps.sheet import KeyFigure
from puc_tool.maps.soil_facts import percent, with_unit
from puc_tool.written import Written

_MOST = 3
_M2_A_HA = 10_000.0


def unit_figures(written: Written, coverage: str, code: str) -> tuple[KeyFigure, ...]:
    """Return up to three numbers of the unit; nothing where the run has no table with one row for each of them."""
    table = written.table(f"by_{coverage}")
    if table is None or "code" not in table or table["code"].duplicated().any():
        return ()
    row = table[table["code"] == code]
    return tuple(_figures(row, _columns(written, coverage)))[:_MOST] if len(row) else ()


def _columns(written: Written, coverage: str) -> tuple[Column, ...]:
    return tuple(
        column for table in written.analysis.tables if table.id == f"by_{coverage}" for column in table.columns
    )


def _figures(row: pd.DataFrame, columns: tuple[Column, ...]) -> Iterator[KeyFigure]:
    for column in columns:
        value = row[column.id].iloc[0] if column.id in row else None
        if column.decimals is None or value is None or pd.isna(value):
            continue
        if column.unit == "m²":
            yield KeyFigure(with_unit(float(value) / _M2_A_HA), column.label)
        elif column.unit == "%":
            yield KeyFigure(percent(float(value)), column.label)
        else:
            unit = f"\u202f{column.unit}" if column.unit else ""
            yield KeyFigure(say("{n}{u}", "{n}{u}", n=number(float(value)), u=unit), column.label)
