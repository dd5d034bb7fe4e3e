"""Values changed by hand, laid over a layer as it was shaped for its role: the source is never touched.

Each edit names a feature by its row in the source it was made on; in a source delivered since, the feature is found
again by its mark, or the edit waits. Whatever does not hold is told, never guessed and never dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from layers import edit_remarks as remarks
from layers import edit_waiting_remarks
from layers.edit_following import Followed, Why, followed
from layers.edit_marks import Features
from layers.problems import Problem, PucError, refuse_if_any
from layers.reference import Cell, Edit, LayerRef
from layers.source import fingerprint
from layers.spec import Field, Kind, Role

Place = Callable[[], GeoDataFrame | None]
"""Returns a layer in the study's CRS, with the geometry it will have there; nothing where it can't be."""


def laid_over(
    layer: GeoDataFrame, role: Role, ref: LayerRef, folder: Path, place: Place = lambda: None
) -> tuple[GeoDataFrame, Followed | None, list[Problem]]:
    """Return ``layer``, shaped for ``role``, with the edits of ``ref``, which of them hold, and what there is to say.

    Raises PucError where the edits can't be understood, or one says what its field may not hold.
    """
    edits = ref.edits
    if edits is None:
        return layer, None, []
    if edits.is_broken:
        raise PucError(remarks.unreadable(role, ref))
    refuse_if_any(fault for edit in edits.values if (fault := _fault(role, ref, edit)) is not None)
    made_on = tuple(fingerprint(path) for path in ref.files(folder))
    found = followed(edits, made_on, Features(layer, role, place))
    return _with(layer, role, found.applied), found, _told(role, ref, found)


def _told(role: Role, ref: LayerRef, held: Followed) -> list[Problem]:
    """Return what there is to say of edits: those without a mark by their count, all that could be found one by one."""
    unmarked = sum(each.why is Why.UNMARKED for each in held.waiting)
    lost = sum(not each.edit.made_on for each in held.waiting)
    others = [each for each in held.waiting if each.edit.made_on and each.why is not Why.UNMARKED]
    return [
        *([remarks.told(role, ref, list(held.applied))] if held.applied else []),
        *([remarks.found(role, held.found)] if held.found else []),
        *([remarks.stale(role, ref, unmarked)] if unmarked else []),
        *([remarks.lost(role, ref, lost)] if lost else []),
        *(edit_waiting_remarks.one(role, ref, each) for each in others),
    ]


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


def _with(layer: GeoDataFrame, role: Role, edits: tuple[Edit, ...]) -> GeoDataFrame:
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
