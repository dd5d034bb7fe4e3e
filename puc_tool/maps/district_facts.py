"""What a district's sheet prints: the written numbers of one district, the plan in force and its scenarios."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.constraint_kinds import KINDS
from analyses.districts.scenarios import BASE
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import roles
from layers.text import Text, same
from puc_tool.written import Written

MOST_SCENARIOS = 3
"""As many as the column has room for, beside the plan in force."""


@dataclass(frozen=True)
class Facts:
    """One district. ``sheets`` has a row for the plan in force and for each scenario the column has room for.

    ``compared`` holds all of its scenarios, the plan first. ``causes`` and their ``ground`` are what nets off.
    """

    written: Written
    code: str
    outline: shapely.Geometry
    sheets: pd.DataFrame
    compared: pd.DataFrame
    causes: pd.DataFrame
    ground: GeoDataFrame | None
    formulas: pd.DataFrame
    binding: pd.DataFrame
    uses: pd.DataFrame

    @property
    def base(self) -> Mapping[str, Any]:
        """The sheet of the plan in force."""
        return {str(name): value for name, value in self.sheets.iloc[0].items()}

    @property
    def letters(self) -> Mapping[str, str]:
        """How scenarios are called, by id: the plan in force P, the others A, B, C, beyond Z by their number."""
        names = list(dict.fromkeys((*self.sheets["scenario"], *self.compared["scenario"])))
        return {name: "P" if name == BASE else _letter(place) for place, name in enumerate(names)}

    @property
    def titles(self) -> Mapping[str, str]:
        """What scenarios call themselves, else their ids."""
        return {row["scenario"]: str(row["title"] or row["scenario"]) for row in self.compared.to_dict("records")}


def _letter(place: int) -> str:
    known = string.ascii_uppercase
    return known[place - 1] if place <= len(known) else str(place)


def facts(written: Written, code: str = "") -> Facts:
    """Read what the run wrote of the district ``code``; by default of the one that most scenarios change.

    Among equals it is the one with the most new floor area, then the first.
    """
    sheets, compared = _table(written, "by_district"), _table(written, "pareto")
    chosen = code or _most_discussed(sheets, compared)
    districts, ground = written.layer("districts"), written.layer("causes")
    assert districts is not None, "every run writes it"
    mine = compared[compared["code"] == chosen]
    shown = [BASE, *(name for name in mine["scenario"] if name != BASE)][: 1 + MOST_SCENARIOS]
    causes = _taking(_of(_table(written, "constraints"), chosen, [BASE]))
    return Facts(
        written,
        chosen,
        districts.loc[districts["code"] == chosen].geometry.iloc[0],
        _of(sheets, chosen, shown),
        mine.reset_index(drop=True),
        causes,
        None if ground is None else _taking(ground[ground["code"] == chosen]),
        _of(_table(written, "formulas"), chosen, [BASE]),
        _of(_table(written, "binding"), chosen, [BASE]),
        _of(_table(written, "uses"), chosen, [BASE]),
    )


def cause_label(cause: str, label: str) -> Text:
    """Return a cause in both languages: a role's title, a kind's label, or the office's own word."""
    if cause in roles.BY_ID:
        return roles.BY_ID[cause].title
    return KINDS[cause].label if cause in KINDS else same(label)


def _taking(causes: pd.DataFrame) -> pd.DataFrame:
    """Return the causes that take the ground they lie on; what only asks for a consent stays in the data."""
    return causes[causes["nets_off"] == "sì"].reset_index(drop=True)


def _most_discussed(sheets: pd.DataFrame, compared: pd.DataFrame) -> str:
    base = sheets[sheets["scenario"] == BASE].reset_index(drop=True)
    count = base["code"].map(compared["code"].value_counts()).fillna(0)
    new_m2 = base.get("floor_area_new_m2", count)
    order = pd.DataFrame({"count": -count, "new_m2": -new_m2.fillna(0.0)})
    return str(base["code"].iloc[order.sort_values(["count", "new_m2"], kind="stable").index[0]])


def _of(table: pd.DataFrame, code: str, scenarios: list[str]) -> pd.DataFrame:
    """Return the rows of one district and some scenarios, in the order of the latter."""
    chosen = table[(table["code"] == code) & table["scenario"].isin(scenarios)]
    order = chosen["scenario"].map({name: place for place, name in enumerate(scenarios)})
    return chosen.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _table(written: Written, name: str) -> pd.DataFrame:
    table = written.table(name)
    if table is None:
        spec = next(each for each in TRANSFORMATION_DISTRICTS.tables if each.id == name)
        return pd.DataFrame(columns=[column.id for column in spec.columns])
    return table
