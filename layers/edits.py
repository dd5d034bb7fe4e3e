"""Values changed by hand, laid over a layer as it was shaped for its role: the source is never touched.

Each edit names a feature by its row in the source, and holds for that very file: where the source's SHA-256 is another
none is laid, and where the value it was made on is not there it is left out. Both are told, neither is guessed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers import edit_remarks as remarks
from layers.problems import Problem, PucError, refuse_if_any
from layers.reference import Cell, Edit, LayerRef
from layers.source import fingerprint
from layers.spec import Field, Kind, Role


def laid_over(layer: GeoDataFrame, role: Role, ref: LayerRef, folder: Path) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``layer``, shaped for ``role``, with the edits of ``ref``, and what there is to say.

    Raises PucError where the edits can't be understood, or one says what its field may not hold.
    """
    edits = ref.edits
    if edits is None:
        return layer, []
    if edits.is_broken:
        raise PucError(remarks.unreadable(role, ref))
    if tuple(fingerprint(path) for path in ref.files(folder)) != edits.sha256:
        return layer, [remarks.stale(role, ref, len(edits.values))]
    refuse_if_any(fault for edit in edits.values if (fault := _fault(role, ref, edit)) is not None)
    fit = [edit for edit in edits.values if _fits(layer, edit)]
    lost = len(edits.values) - len(fit)
    said = [*([remarks.told(role, ref, fit)] if fit else []), *([remarks.lost(role, ref, lost)] if lost else [])]
    return _with(layer, role, fit), said


def value_at(layer: GeoDataFrame, row: int, field: str) -> Cell:
    """Return what a feature holds; nothing where the layer has no such field."""
    value = layer[field].at[row] if field in layer.columns else None
    if value is None or pd.isna(value):
        return None
    return float(value) if isinstance(value, int | float | np.number) else str(value)


def fault_of(role: Role, field: Field, value: Cell) -> Problem | None:
    """Return why ``value`` can't stand in ``field``, or None if it can."""
    if value is None:
        return remarks.wanted(role, field) if field.required else None
    if (field.kind is Kind.NUMBER) is not isinstance(value, float):
        return remarks.other_kind(role, field, value)
    if isinstance(value, float):
        return None if _is_within(field, value) else remarks.outside(role, field, value)
    is_fit = field.codes is None or field.codes.canonical(value) == value
    return None if is_fit else remarks.no_code(role, field, value, choices(field))


def choices(field: Field) -> list[str]:
    """Return the codes that a field may hold, in the order of their list; nothing for any other field."""
    return list(dict.fromkeys(code for _, code in field.codes.wordings())) if field.codes is not None else []


def _is_within(field: Field, value: float) -> bool:
    low = -np.inf if field.low is None else field.low
    high = np.inf if field.high is None else field.high
    return bool(np.isfinite(value)) and low <= value <= high


def _fault(role: Role, ref: LayerRef, edit: Edit) -> Problem | None:
    """Return what is wrong with an edit that somebody wrote into the file."""
    field = role.field(edit.field)
    fault = remarks.no_field(role, edit.field) if field is None else fault_of(role, field, edit.after)
    return None if fault is None else remarks.of_file(fault, ref)


def _fits(layer: GeoDataFrame, edit: Edit) -> bool:
    """Tell whether the feature is there and holds the value that the edit was made on."""
    return edit.row in layer.index and value_at(layer, edit.row, edit.field) == edit.before


def _with(layer: GeoDataFrame, role: Role, edits: list[Edit]) -> GeoDataFrame:
    columns: dict[str, pd.Series] = {}
    for name in dict.fromkeys(edit.field for edit in edits):
        column = layer[name].copy() if name in layer.columns else _empty(layer, role, name)
        for edit in (each for each in edits if each.field == name):
            column.at[edit.row] = np.nan if edit.after is None and column.dtype.kind == "f" else edit.after
        columns[name] = column
    return layer.assign(**columns) if columns else layer


def _empty(layer: GeoDataFrame, role: Role, name: str) -> pd.Series:
    field = role.field(name)
    is_number = field is not None and field.kind is Kind.NUMBER
    if is_number:
        return pd.Series(np.nan, index=layer.index)
    return pd.Series([None] * len(layer), index=layer.index, dtype=object)
