"""The criteria as data: what each looks at, from best to worst, its weight, and from where on it excludes.

Source: ``garden_criteria.csv`` (McClintock, Cooper & Khandeshi 2013, doi:10.1016/j.landurbplan.2012.12.009, and
proposals marked as such). Scores: linear between worst and best (Malczewski 1999); sigmoid: sin² of it (Eastman 1999).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.gardens.pairs import pairs
from analyses.params import param
from layers import roles
from layers.codelist import Row, is_verified, label, rows
from layers.text import Text, same

LINEAR, CLASS, SIGMOID = "linear", "class", "sigmoid"
TRANSFORMS = (LINEAR, CLASS, SIGMOID)
"""A class counts with the score that ``classes`` gives it; without them with its own value, like any other."""

SLOPE, SUN, INSIDE, DISTANCE, BUSY, WALK, PEOPLE, SOIL, HAZARD = (
    "slope", "sun", "inside", "distance", "distance_busy", "walk", "people", "soil", "hazard",
)  # fmt: skip
IN_CLASSES = (INSIDE, SOIL, HAZARD)
"""Measures whose values are few whole numbers: inside or not (1, 0), sound soil or not (1, 0), severity (0 to 4)."""
MEASURES = (SLOPE, SUN, INSIDE, DISTANCE, BUSY, WALK, PEOPLE, SOIL, HAZARD)

_LOOKS_AT = {
    "slope": (SLOPE, (roles.ELEVATION,)),
    "solar": (SUN, (roles.ELEVATION,)),
    "public_land": (INSIDE, (roles.PUBLIC_LAND,)),
    "contamination": (DISTANCE, (roles.CONTAMINATED_SITES,)),
    "road": (BUSY, (roles.STREETS,)),
    "rail": (DISTANCE, (roles.RAILWAYS,)),
    "water": (DISTANCE, (roles.WATER_POINTS,)),
    "access": (WALK, (roles.CENSUS,)),
    "demand": (PEOPLE, (roles.CENSUS,)),
    "soil": (SOIL, (roles.SOIL_CONSUMPTION,)),
    "hazard": (HAZARD, (roles.LANDSLIDE_HAZARD, roles.FLOOD_HAZARD)),
}
_VETO_AT = {"slope": 30.0, "road": 10.0, "rail": 10.0, "hazard": 3.0}
"""The numbers of the column ``hard_exclusion``: what lies beyond, on the worse side, is excluded."""

Floats = NDArray[np.float64]
Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Criterion:
    """One row of the table of criteria; a planner may change any value, or add a row with a source and a measure."""

    id: str
    weight: float = param(0.0, Text("peso", "weight"), low=0.0, high=1000.0)
    best: float = param(1.0, Text("valore ottimo", "best value"), is_detail=True)
    worst: float = param(0.0, Text("valore pessimo", "worst value"), is_detail=True)
    veto_at: float | None = param(None, Text("escluso oltre", "excluded beyond"), is_detail=True)
    transform: str = param(LINEAR, Text("trasformazione", "transform"), is_detail=True)
    measure: str = param(DISTANCE, Text("misura", "measure"), is_detail=True)
    source: str = param("", Text("ruoli dei livelli", "roles of the layers"), is_detail=True)

    classes: str = param(
        "",
        Text("punteggi delle classi", "scores of the classes"),
        help=Text("Valore e punteggio di ogni classe: «0 1; 1 0,7; 3 0».", "Value and score: “0 1; 1 0.7; 3 0”."),
        is_detail=True,
    )

    @property
    def title(self) -> Text:
        """What the codelist calls it; a criterion of the user's own is called by its id."""
        return TITLES.get(self.id, same(self.id))

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the roles it looks at; any of them will do."""
        return tuple(self.source.split())

    @property
    def is_cost(self) -> bool:
        """Tell whether more is worse."""
        return self.worst > self.best


def class_scores(criterion: Criterion) -> Mapping[float, float] | None:
    """Return the score (0 to 1) of each value that ``classes`` names; None where they can't be read."""
    found = pairs(criterion.classes)
    if found is None or not all(name.isdecimal() and score <= 1.0 for name, score in found.items()):
        return None
    return {float(name): score for name, score in found.items()}


def standardised(values: Cells, criterion: Criterion) -> Cells:
    """Return scores from 0 (worst or beyond) to 1 (best or beyond); what is missing (NaN) stays missing.

    A value that a table of classes does not name is missing too: nobody has said what it is worth.
    """
    if criterion.transform == CLASS and criterion.classes:
        found = np.full(values.shape, np.nan, np.float32)
        for value, score in (class_scores(criterion) or {}).items():
            found[values == value] = score
        return found
    share = np.clip((values - np.float64(criterion.worst)) / (criterion.best - criterion.worst), 0.0, 1.0)
    if criterion.transform == SIGMOID:
        share = np.sin(share * np.pi / 2.0) ** 2
    return share.astype(np.float32)


def excluded(values: Cells, criterion: Criterion) -> NDArray[np.bool_]:
    """Tell which of the (cells,) ``values``, in the criterion's unit, lie beyond its limit; none where it has none."""
    if criterion.veto_at is None:
        return np.zeros(len(values), np.bool_)
    return values > criterion.veto_at if criterion.is_cost else values < criterion.veto_at


def _criterion(row: Row) -> Criterion:
    measure, sources = _LOOKS_AT[row["id"]]
    return Criterion(
        row["id"],
        float(row["default_weight"]),
        float(row["best"]),
        float(row["worst"]),
        _VETO_AT.get(row["id"]),
        LINEAR if row["shape"].startswith("linear") else CLASS,
        measure,
        " ".join(role.id for role in sources),
    )


def _source(row: Row) -> Text:
    """Return a row's source with the list-keeper's own remarks in both languages; titles of works stay as they are."""
    english = row["source"].replace(" - from memory", " (from memory)")
    italian = english
    for said, words in _OF_THE_KEEPER.items():
        italian = italian.replace(said, words)
    return Text(italian, english)


_FACTORS = tuple(row for row in rows("garden_criteria") if row["kind"] == "factor")
TITLES = {row["id"]: label(row, "name") for row in rows("garden_criteria")}
UNITS = {row["id"]: row["unit"] for row in _FACTORS}
_OF_THE_KEEPER = {
    "proposed": "proposto",
    "from memory": "a memoria",
    "norms of the basin plan (PAI) and flood risk management plan (PGRA) in force":
        "norme del Piano di bacino (PAI) e Piano di gestione del rischio di alluvioni (PGRA) vigenti",
    "numeric range": "intervallo numerico",
    "north-facing excluded": "versanti a nord esclusi",
    "metals near traffic": "metalli vicino al traffico",
}  # fmt: skip
SOURCES = {row["id"]: _source(row) for row in rows("garden_criteria")}
UNVERIFIED = tuple(row["id"] for row in _FACTORS if not is_verified(row))

DEFAULTS = tuple(_criterion(row) for row in _FACTORS)
