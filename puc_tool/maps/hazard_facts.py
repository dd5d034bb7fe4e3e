"""What a hazard sheet prints: the written numbers of one run, with one rounding for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analyses.hazard.classes import FLOOD, LANDSLIDE, graded_classes, national_classes
from analyses.hazard.figures import NAMES
from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.text import Text
from puc_tool.maps.soil_facts import UNIT_KINDS, UnitKind, unit_title
from puc_tool.written import Written

HAZARDS = (FLOOD, LANDSLIDE)
TITLES = {FLOOD: roles.FLOOD_HAZARD.title, LANDSLIDE: roles.LANDSLIDE_HAZARD.title}
SHORT = {FLOOD: Text("alluvioni", "floods"), LANDSLIDE: Text("frane", "landslides")}
LISTED = {FLOOD: national_classes(FLOOD), LANDSLIDE: graded_classes(LANDSLIDE)[:2]}
"""The classes whose ground the table counts: every flood scenario, of landslides the two grave ones."""


@dataclass(frozen=True)
class UnitRows:
    """The units of the table, the most exposed first, the ground in none of them last.

    ``frame`` has code, name, title, is_rest, area_m2 and, of each hazard the run has, the printed ``<codelist>_pct``
    and a column ``<codelist>_<class>`` of m² for each listed class.
    """

    kind: UnitKind
    frame: pd.DataFrame


@dataclass(frozen=True)
class Facts:
    """The written numbers; ``by_class`` are the sums of each hazard and class, in m² and people."""

    written: Written
    by_class: pd.DataFrame
    units: UnitRows | None

    @property
    def hazards(self) -> tuple[str, ...]:
        """The hazards that the run had."""
        names = set(self.by_class.index.get_level_values("hazard"))
        return tuple(codelist for codelist in HAZARDS if NAMES[codelist] in names)

    @property
    def area_m2(self) -> float:
        """The area of the communes: that of all classes and the ground in none."""
        return float(self.by_class.loc[NAMES[self.hazards[0]], "area_m2"].sum())

    @property
    def has_people(self) -> bool:
        """Tell whether the run knew where people live."""
        return "people" in self.by_class

    def of_class(self, codelist: str, code: str, column: str) -> float:
        """Return what a class has of a column, 0 where the run has no such class."""
        key = (NAMES[codelist], code)
        return float(self.by_class.loc[key, column]) if key in self.by_class.index else 0.0

    def listed_m2(self, codelist: str) -> float:
        """Return the area of the listed classes together."""
        return sum(self.of_class(codelist, code, "area_m2") for code in LISTED[codelist])

    def figure(self, figure_id: str) -> float | None:
        """Return a written figure, None where it has no value."""
        return self.written.figure(figure_id)


def facts(written: Written) -> Facts:
    """Read what the run wrote."""
    table = written.table("by_class")
    assert table is not None, "every run writes it"
    counted = [name for name in ("area_m2", "people", "buildings") if name in table]
    by_class = table.groupby(["hazard", "class"])[counted].sum()
    return Facts(written, by_class, _units(written))


def ha_of(area_m2: float) -> float:
    """Return an area in hectares."""
    return area_m2 / M2_A_HA


def _units(written: Written) -> UnitRows | None:
    """Return neighbourhoods, else zones."""
    for kind in UNIT_KINDS:
        table = written.table(f"by_{kind.id}")
        if table is not None:
            return UnitRows(kind, _in_order(_wide(table), kind))
    return None


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row per unit, with its area and that of each listed class."""
    keys = ["code", "name"]
    one = table[table["hazard"] == table["hazard"].iloc[0]]
    wide = one.groupby(keys, sort=False)["area_m2"].sum().to_frame()
    for codelist in HAZARDS:
        rows = table[table["hazard"] == NAMES[codelist]]
        if len(rows):
            parts = {code: rows[rows["class"] == code].groupby(keys)["area_m2"].sum() for code in LISTED[codelist]}
            wide = wide.assign(**{f"{codelist}_{code}": part for code, part in parts.items()})
            wide[f"{codelist}_pct"] = (100.0 * sum(parts.values()) / wide["area_m2"]).fillna(0.0).round(1)
    return wide.reset_index()


def _in_order(wide: pd.DataFrame, kind: UnitKind) -> pd.DataFrame:
    """Return the rows by what is printed, so that equal shares stand in the order of their titles."""
    titles = [unit_title(kind, code, name) for code, name in zip(wide["code"], wide["name"], strict=True)]
    told = wide.assign(title=titles, is_rest=wide["code"] == "")
    shares = [f"{codelist}_pct" for codelist in HAZARDS if f"{codelist}_pct" in told]
    order = ["is_rest", *shares, "title"]
    return told.sort_values(order, ascending=[True, *([False] * len(shares)), True], kind="stable").reset_index(
        drop=True
    )
