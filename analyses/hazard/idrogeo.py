"""Our figures beside ISPRA's of the same communes, from the IdroGEO table joined to the boundary.

Source of the columns: ``idrogeo_fields.csv``. Areas there are km², floods nested by scenario as ours. The table's
``area`` is ten times too large, so the communes' own area comes from a class's area and percentage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from geopandas import GeoDataFrame

from analyses.hazard.classes import FLOOD, LANDSLIDE
from analyses.hazard.figures import NAMES
from layers.codelist import rows
from layers.problems import Problem, Severity
from layers.text import NOTHING, Text

KM2_M2 = 1_000_000.0
TITLE = Text("IdroGEO (ISPRA)", "IdroGEO (ISPRA)")

_THEMES = {"idraulica": FLOOD, "frane": LANDSLIDE}
_STEMS = {"P3P4": "p3_p4"}
_LEAST_PCT = 1.0
_CAUSES = {
    "m2": Text(
        "edizione dei perimetri; confine comunale; proiezione", "edition of the perimeters; boundary; projection"
    ),
    "people": Text(
        "anno della popolazione; ripartizione fra gli edifici, non per sezione",
        "year of the population; spread over buildings, not by section",
    ),
    "boundary_m2": Text(
        "confine comunale generalizzato o di altra edizione", "boundary generalised or of another edition"
    ),
}
WRONG_AREA = Problem(
    "idrogeo-area-tenfold",
    TITLE,
    Text(
        "la colonna «area» della tabella è dieci volte troppo grande.",
        "the table's column “area” is ten times too large.",
    ),
    Text(
        "Non viene usata: la superficie dei comuni è ricavata da superficie e percentuale di una classe.",
        "It is not used: the communes' area comes from the area and percentage of a class.",
    ),
    NOTHING,
    Severity.INFO,
)


def is_joined(boundary: GeoDataFrame) -> bool:
    """Tell whether the boundary carries IdroGEO's indicators."""
    return any(_has(boundary, row["csv_area_field"]) for row in _indicators())


def reconciliation(boundary: GeoDataFrame, ours: Mapping[str, float | None]) -> pd.DataFrame:
    """Return figure, unit, ours, published, difference, difference_pct, cause; figures we lack are left out."""
    found = [row for row in _compared(boundary, ours) if row[2] is not None]
    table = pd.DataFrame(found, columns=["figure", "unit", "ours", "published", "cause"])
    difference = table["ours"] - table["published"]
    table.insert(4, "difference", difference)
    # Of nothing published there is no percentage.
    share = 100.0 * difference / table["published"].where(table["published"] != 0.0)
    table.insert(5, "difference_pct", share.fillna(0.0))
    return table


def _compared(
    boundary: GeoDataFrame, ours: Mapping[str, float | None]
) -> Iterator[tuple[str, str, float | None, float, str]]:
    base_m2 = _base_m2(boundary)
    if base_m2 is not None:
        yield "boundary_m2", "m²", float(boundary.area.sum()), base_m2, _CAUSES["boundary_m2"].it
    for row in _indicators():
        stem = f"{NAMES[_THEMES[row['theme']]]}_{_STEMS.get(row['class'], row['class'].lower())}"
        for measure, column, scale in (("m2", "csv_area_field", KM2_M2), ("people", "csv_population_field", 1.0)):
            if _has(boundary, row[column]):
                figure = f"{stem}_{measure}"
                unit = "m²" if measure == "m2" else "ab"
                yield figure, unit, ours.get(figure), scale * float(boundary[row[column]].sum()), _CAUSES[measure].it


def _base_m2(boundary: GeoDataFrame) -> float | None:
    """Return the area of all communes, each from the class that takes most of it (percentages are rounded)."""
    areas = []
    for _, commune in boundary.iterrows():
        known = [
            (commune[row["csv_pct_field"]], commune[row["csv_area_field"]])
            for row in _indicators()
            if _has(boundary, row["csv_pct_field"]) and _has(boundary, row["csv_area_field"])
        ]
        pct, area_km2 = max(known, default=(0.0, 0.0))
        if not pct >= _LEAST_PCT:
            return None
        areas.append(100.0 * area_km2 / pct * KM2_M2)
    return float(sum(areas))


def _indicators() -> Iterator[Mapping[str, str]]:
    return (row for row in rows("idrogeo_fields") if row["theme"] in _THEMES)


def _has(boundary: GeoDataFrame, column: str) -> bool:
    return column in boundary and bool(boundary[column].notna().all())
