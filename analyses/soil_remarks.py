"""What soil consumption has to say besides its numbers: why it can't compare, and what a reader must know."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.soil_codes import NO_DATA
from analyses.soil_ledger import levels_differ
from layers import roles
from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import NOTHING, Text, hectares, say

_LEAST_TOLD_M2 = 1.0

GRIDS_DIFFER = Problem(
    "grids-differ",
    roles.SOIL_CONSUMPTION.title,
    Text("i raster dei due anni non hanno le stesse celle.", "the rasters of the two years have different cells."),
    Text("Confrontarli cella per cella darebbe cambiamenti falsi.", "Comparing cells would show false changes."),
    Text(
        "Usare due anni della stessa edizione ISPRA, o un anno solo (year_from = year_to).",
        "Use two years of the same ISPRA edition, or one year alone (year_from = year_to).",
    ),
)
LEVELS_DIFFER = Problem(
    "levels-differ",
    roles.SOIL_CONSUMPTION.title,
    Text(
        "i due anni hanno codici di livello diverso.",
        "the two years hold codes of different levels.",
    ),
    Text(
        "I passaggi sono dati al primo livello: consumato e non consumato.",
        "Transitions are given at the first level: consumed and not consumed.",
    ),
    NOTHING,
    Severity.WARNING,
)
NO_RASTER = Text(
    "Serve il raster ISPRA: l'uso del suolo dà solo le superfici artificiali.",
    "The ISPRA raster is needed: land use gives artificial surfaces only.",
)
LAND_USE_ONLY = Problem(
    "land-use-only",
    roles.LAND_USE.title,
    Text("le cifre vengono dall'uso del suolo, non dal raster ISPRA.", "figures come from land use, not ISPRA."),
    Text(
        "Sono superfici artificiali: di solito più del suolo consumato, e non confrontabili con i dati ISPRA.",
        "They are artificial surfaces: usually more than consumed soil, not comparable with ISPRA's data.",
    ),
    Text("Aggiungere il raster con «add … soil_consumption».", "Add the raster with “add … soil_consumption”."),
    Severity.WARNING,
)


def on_people(series: str) -> Problem:
    """Return the remark that names the one series of residents the figures use."""
    return Problem(
        "population-series",
        Text("Popolazione", "Population"),
        say("residenti dalla serie «{s}».", "residents from the series “{s}”.", s=series),
        Text("Le serie non vengono mescolate.", "Series are not mixed."),
        NOTHING,
        Severity.INFO,
    )


def on_maps(one_date_m2: float) -> list[Problem]:
    """Return the remark on ground that only one of two land-use maps knows."""
    return [_not_compared(roles.LAND_USE, one_date_m2)] if one_date_m2 > _LEAST_TOLD_M2 else []


def on_change(transitions_m2: NDArray[np.float64]) -> list[Problem]:
    """Return the remarks on a comparison, from its transitions (classes before × classes after), m²."""
    one_sided_m2 = float(transitions_m2[NO_DATA, :NO_DATA].sum() + transitions_m2[:NO_DATA, NO_DATA].sum())
    said = [_not_compared(roles.SOIL_CONSUMPTION, one_sided_m2)] if one_sided_m2 > _LEAST_TOLD_M2 else []
    return said + ([LEVELS_DIFFER] if levels_differ(transitions_m2) else [])


def _not_compared(role: Role, area_m2: float) -> Problem:
    return Problem(
        "change-without-data",
        role.title,
        say("{ha} hanno un dato a una sola delle due date.", "{ha} have data at one date only.", ha=hectares(area_m2)),
        Text("Restano fuori da lordo, ripristino e netto.", "They are left out of gross, restored and net."),
        NOTHING,
        Severity.WARNING,
    )
