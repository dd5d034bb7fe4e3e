"""Invalid geometry is made valid by GEOS's ``make_valid`` with the *structure* method; never ``buffer(0)``."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame

from layers import mend
from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Mend, Outcome, with_geometry
from layers.mends.settings import Values
from layers.text import Text


def repair(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with valid geometry; what has no extent at all is taken out and told.

    ``area_m2`` is the area of the repaired features, after.
    """
    broken = has_geometry(layer) & ~shapely.is_valid(layer.geometry.to_numpy())
    if not broken.any():
        return Outcome(layer)
    mended, said = mend.repair(layer[broken], context.role)
    kept = layer.drop(index=layer.index[broken].difference(mended.index))
    rows = np.flatnonzero(kept.index.isin(mended.index))
    left = tuple(problem.message for problem in said if problem.code == "geometry-collapsed")
    whole = with_geometry(kept, rows, mended.geometry.to_numpy())
    return Outcome(whole, layer.index[broken], float(mended.area.sum()), left, details={"method": "structure"})


REPAIR = Mend(
    "repair",
    Text("Ripara le geometrie non valide", "Repairs invalid geometry"),
    Text(
        "Contorni che si incrociano, buchi fuori posto, punte: «make_valid», metodo «structure», mai «buffer(0)».",
        "Outlines that cross, misplaced holes, spikes: “make_valid”, “structure” method, never “buffer(0)”.",
    ),
    repair,
    Text("È la riparazione che ogni analisi fa comunque in memoria.", "Every analysis does so in memory anyway."),
)
