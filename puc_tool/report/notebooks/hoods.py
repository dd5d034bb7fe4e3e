"""The neighbourhoods of a study and the row of each in the written tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.service_coverage import SERVICE_COVERAGE
from layers import roles
from layers.text import NOTHING, Text
from layers.union import union_of_parts
from puc_tool.file_words import file_word, unlike
from puc_tool.report.findings import Findings
from puc_tool.shelf import Shelf

BY_HOOD = "by_neighbourhood"


@dataclass(frozen=True)
class Hood:
    """A neighbourhood: its code and name as the tables have them, its ground, and the name of its file."""

    code: str
    name: str
    ground: shapely.Geometry
    stem: str


def hoods(shelf: Shelf) -> tuple[Hood, ...]:
    """Return the neighbourhoods of the study by name; several polygons of one code are one neighbourhood."""
    found = shelf.of_roles((roles.NEIGHBOURHOODS,))
    if not found or not isinstance(found[0].layer, GeoDataFrame):
        return ()
    layer = found[0].layer
    codes = layer["code"].fillna("").astype(str) if "code" in layer else pd.Series("", index=layer.index)
    grouped = layer.assign(code=codes, name=layer["name"].fillna("").astype(str)).groupby(["name", "code"], sort=True)
    ground = {key: union_of_parts(rows.geometry.to_numpy()) for key, rows in grouped}
    stems = list(file_stems([name for name, _ in ground]))
    return tuple(Hood(code, name, each, stem) for ((name, code), each), stem in zip(ground.items(), stems, strict=True))


def file_stems(names: list[str]) -> Iterator[str]:
    """Yield a file name for each name: lower case ASCII, as long as a disk takes, numbered where two are alike."""
    return unlike(file_word(name) or "quartiere" for name in names)


@dataclass(frozen=True)
class HoodRows:
    """What the written tables say of one neighbourhood; every value is None where nothing is known."""

    hood: Hood
    tables: HoodTables

    def value(self, analysis: Analysis, column: str) -> float | None:
        """Return a number of the neighbourhood's row."""
        row = self._row(analysis)
        value = row.get(column) if row is not None else None
        return None if value is None or pd.isna(value) else float(value)

    def of_all(self, analysis: Analysis, figure_id: str) -> float | None:
        """Return a figure of the whole commune."""
        found = self.tables.findings.of(analysis)
        return found.value(figure_id) if found else None

    def period(self, analysis: Analysis) -> Text:
        """Return between which dates an analysis compares."""
        found = self.tables.findings.of(analysis)
        return found.period if found else NOTHING

    def people_aged(self, age: str) -> float | None:
        """Return the residents of an age («0_14», «65_plus», «tutte»)."""
        ages = self.tables.ages
        return ages.get((self.hood.code, self.hood.name, age))

    def in_hazard(self, hazard: str, classes: tuple[str, ...], column: str) -> float | None:
        """Return a sum over the hazard classes of the neighbourhood."""
        table = self.tables.table(HAZARD_EXPOSURE)
        if table is None or hazard not in set(table["hazard"]):
            return None
        rows = self._rows_of(table)
        return float(rows.loc[(rows["hazard"] == hazard) & rows["class"].isin(classes), column].sum())

    def _row(self, analysis: Analysis) -> Mapping[Any, Any] | None:
        table = self.tables.table(analysis)
        rows = None if table is None else self._rows_of(table)
        return rows.iloc[0].to_dict() if rows is not None and len(rows) else None

    def _rows_of(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[(table["code"] == self.hood.code) & (table["name"] == self.hood.name)]


class HoodTables:
    """The tables by neighbourhood of every analysis, each read once."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._tables: dict[str, pd.DataFrame | None] = {}

    def table(self, analysis: Analysis) -> pd.DataFrame | None:
        """Return an analysis's table by neighbourhood, None where it has none."""
        if analysis.id not in self._tables:
            found = self.findings.of(analysis)
            self._tables[analysis.id] = found.table(BY_HOOD) if found else None
        return self._tables[analysis.id]

    @cached_property
    def ages(self) -> Mapping[tuple[str, str, str], float]:
        """Residents by code, name and age."""
        found = self.findings.of(SERVICE_COVERAGE)
        table = found.table("by_age") if found else None
        if table is None:
            return {}
        once = table.drop_duplicates(["code", "name", "age"])
        keys = zip(once["code"], once["name"], once["age"], strict=True)
        return dict(zip(keys, once["people"].astype(float), strict=True))
