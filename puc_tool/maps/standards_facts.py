"""What the standards sheet prints: due, existing and balance of one run as they were written, with one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from geopandas import GeoDataFrame

from analyses.soil.indicators import M2_A_HA
from analyses.standards.tables import CATEGORIES, PARTS, TOTAL
from puc_tool.maps.soil_facts import UNIT_KINDS, UnitKind, unit_title
from puc_tool.written import Written

LETTERS: Mapping[str, str] = {"istruzione": "I", "interesse_comune": "C", "verde": "V", "parcheggi": "P"}
"""How the table calls a category; the legend is the key."""

HALF = 0.5


@dataclass(frozen=True)
class Scores:
    """Due and existing area (m²) of a category, and the people it is for."""

    people: float
    due_m2: float
    existing_m2: float

    @property
    def balance_ha(self) -> float:
        """What exists less what is due."""
        return (self.existing_m2 - self.due_m2) / M2_A_HA

    @property
    def share(self) -> float:
        """What exists as a share of what is due; 1 where nothing is due."""
        return self.existing_m2 / self.due_m2 if self.due_m2 > 0.0 else 1.0

    @property
    def m2_per_person(self) -> float | None:
        """What there is for each resident; None where nobody lives."""
        return self.existing_m2 / self.people if self.people > 0.0 else None


@dataclass(frozen=True)
class Facts:
    """The written numbers of a run: ``frame`` has the units, those that lack most for each resident first."""

    written: Written
    kind: UnitKind
    frame: GeoDataFrame
    facilities: GeoDataFrame

    def of(self, row: Mapping[str, float], category: str = TOTAL) -> Scores:
        """Return the scores of a unit."""
        due_m2, existing_m2 = (float(row[f"{category}_{column}_m2"]) for column in ("due", "existing"))
        return Scores(float(row["population"]), due_m2, existing_m2)

    def whole(self, category: str = TOTAL) -> Scores:
        """Return the scores of the study."""
        return self.of(self.frame.drop(columns="geometry").sum(numeric_only=True).to_dict(), category)

    def lacking(self, row: Mapping[str, float]) -> list[str]:
        """Return the categories of which a unit has less than is due, to the square metre."""
        return [name for name in PARTS if round(float(row[f"{name}_balance_m2"])) < 0]

    @property
    def met(self) -> int:
        """How many units have all that is due in sum."""
        return int((self.frame[f"{TOTAL}_balance_m2"].round() >= 0).sum())

    def due_m2(self, category: str = TOTAL) -> float:
        """Return the m² due to each resident."""
        return sum(float(self.written.parameters[f"{name}_m2_per_person"]) for name in _parts(category))

    @property
    def is_doubled(self) -> bool:
        """Tell whether areas in zones A and B were counted twice (art. 4)."""
        return bool(self.written.parameters["double_in_zones_a_b"])

    @property
    def plan(self) -> pd.DataFrame | None:
        """The units with the plan's people; None in a study without districts."""
        return self.written.table("plan_by_neighbourhood")


def facts(written: Written) -> Facts:
    """Read what the run wrote."""
    kind = next(each for each in UNIT_KINDS if written.layer(each.id) is not None)
    layer, found = written.layer(kind.id), written.layer("facilities")
    assert layer is not None, "every run writes its units"
    facilities = GeoDataFrame({"category": []}, geometry=[], crs=layer.crs) if found is None else found
    return Facts(written, kind, _ordered(layer, kind), facilities)


def _ordered(layer: GeoDataFrame, kind: UnitKind) -> GeoDataFrame:
    titles = [unit_title(kind, code, name) for code, name in zip(layer["code"], layer["name"], strict=True)]
    lacks = (layer[f"{TOTAL}_due_m2"] - layer[f"{TOTAL}_existing_m2"]) / layer["population"].where(
        layer["population"] > 0.0
    )
    told = layer.assign(title=titles, is_rest=layer["code"] == "", order=(-lacks).round(1))
    ordered = told.sort_values(["is_rest", "order", "title"], kind="stable", na_position="last")
    return ordered.reset_index(drop=True)


def _parts(category: str) -> tuple[str, ...]:
    return PARTS if category == TOTAL else (CATEGORIES[category].id,)
