"""The features of a layer as a table to be read and edited: a row each, a column for every field of the role. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.code_labels import label_of, stands_alone
from layers.edit_marks import value_at
from layers.reference import Cell, Edit
from layers.spec import Field, Kind
from layers.text import Lang, number
from puc_tool.working import edited_values
from puc_tool.working.edited_values import Spot
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from puc_tool.working.typed_value import words_of

_MOST_DECIMALS = 3


@dataclass(frozen=True)
class AttributeTable:
    """The table of ``entry``. ``edits`` are those that hold now, ``laid`` those that its layer was read with."""

    entry: Entry
    edits: Mapping[tuple[int, str], Edit]
    laid: Mapping[tuple[int, str], Edit]

    @property
    def layer(self) -> GeoDataFrame:
        """The features as they were read."""
        layer = self.entry.intake.layer
        assert isinstance(layer, GeoDataFrame), "only a layer of features has a table"
        return layer

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the role, whether the source has them or not."""
        return self.entry.intake.role.fields

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """The row in the source of each row here."""
        return self.layer.index.to_numpy(dtype=np.int64)

    def spot(self, row: int, column: int) -> Spot:
        """Return which value a cell stands for."""
        return Spot(self.entry, int(self.labels[row]), self.fields[column])

    def edit_at(self, row: int, column: int) -> Edit | None:
        """Return the edit of a cell, or None."""
        return self.edits.get((int(self.labels[row]), self.fields[column].name))

    def value(self, row: int, column: int) -> Cell:
        """Return what a cell holds: as edited, else as the source has it."""
        key = int(self.labels[row]), self.fields[column].name
        if key in self.edits:
            return self.edits[key].after
        return self.laid[key].before if key in self.laid else value_at(self.layer, *key)

    def shown(self, row: int, column: int, lang: Lang) -> str:
        """Return what a cell says: numbers with at most three decimals."""
        return told(self.value(row, column), lang)

    def worded(self, row: int, column: int, lang: Lang) -> str:
        """Return what a cell says with the name of its code beside it: «111 · Tessuto urbano continuo», «sì»."""
        return with_label(self.fields[column], self.shown(row, column, lang), lang)

    def typed(self, row: int, column: int, lang: Lang) -> str:
        """Return what a cell says while it is edited: all its decimals."""
        return words_of(self.value(row, column), lang)

    def outline(self, row: int) -> shapely.Geometry:
        """Return where the feature of a row lies, in the study's CRS."""
        return self.layer.geometry.iloc[row]

    def ordered(self, column: int, *, is_ascending: bool) -> NDArray[np.intp]:
        """Return the rows sorted by a column; those without a value come last."""
        field = self.fields[column]
        column_of = self._column(field)
        keys = column_of if field.kind is Kind.NUMBER else column_of.map(str.casefold, na_action="ignore")
        order = keys.reset_index(drop=True).sort_values(ascending=is_ascending, kind="stable", na_position="last").index
        return order.to_numpy(dtype=np.intp)

    def holding(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Tell of each row whether it holds all ``words``, whatever their case."""
        held = np.full(len(self.labels), True)
        for word in words:
            held &= np.logical_or.reduce([self._holds(field, word) for field in self.fields])
        return held

    def _holds(self, field: Field, word: str) -> NDArray[np.bool_]:
        column = self._column(field)
        if field.kind is Kind.NUMBER:
            column = column.map(lambda value: told(float(value), "it"), na_action="ignore")
        else:
            column = column.map(lambda value: _in_both(field, str(value)), na_action="ignore")
        found = column.map(lambda value: word.casefold() in str(value).casefold(), na_action="ignore")
        return found.eq(True).to_numpy(bool)

    def _column(self, field: Field) -> pd.Series:
        """Return a column as it is now."""
        is_number = field.kind is Kind.NUMBER
        if field.name in self.layer.columns:
            column = self.layer[field.name].copy()
        else:
            column = pd.Series([np.nan if is_number else None] * len(self.layer), self.layer.index)
        column = column.astype(float if is_number else object)
        now = {key: each.before for key, each in self.laid.items()} | {k: each.after for k, each in self.edits.items()}
        for row, value in ((row, value) for (row, name), value in now.items() if name == field.name):
            column.at[row] = np.nan if value is None and is_number else value
        return column


def table(session: Session, entry: Entry) -> AttributeTable | None:
    """Return the table of a layer, or None where it has no features: a raster, or one that could not be read."""
    if not isinstance(entry.intake.layer, GeoDataFrame):
        return None
    layer, read = entry.intake.layer, entry.intake.edits
    there = {(each.row, each.field): each for each in (read.applied if read else ()) if each.row in layer.index}
    return AttributeTable(entry, edited_values.edited(session, entry), {
        key: each for key, each in there.items() if value_at(layer, *key) == each.after
    })  # fmt: skip


def with_label(field: Field, code: str, lang: Lang) -> str:
    """Return a code of a field as people read it: with its label, or by the label alone where that says it all."""
    label = label_of(field.codes, code).to(lang)
    return label if label and stands_alone(field.codes) else f"{code} · {label}" if label else code


def _in_both(field: Field, code: str) -> str:
    """Return a code with its label in either language, to be searched."""
    label = label_of(field.codes, code)
    return f"{code} {label.it} {label.en}"


def told(value: Cell, lang: Lang) -> str:
    """Return a value as a cell of a table shows it."""
    if not isinstance(value, float):
        return value or ""
    decimals = next((each for each in range(_MOST_DECIMALS) if round(value, each) == value), _MOST_DECIMALS)
    return number(value, decimals).to(lang)
