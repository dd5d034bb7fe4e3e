"""Rows without geometry are taken out: nowhere on the ground, they are counted nowhere."""

from __future__ import annotations

from geopandas import GeoDataFrame

from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Mend, Outcome
from layers.mends.settings import Values
from layers.text import Text


def drop_empty(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return the features that have a geometry with at least one point."""
    there = has_geometry(layer)
    return Outcome(layer[there], layer.index[~there])


DROP_EMPTY = Mend(
    "drop-empty",
    Text("Toglie gli elementi senza geometria", "Takes out features without geometry"),
    Text(
        "Righe della tabella che non hanno un luogo. Nessuna analisi le conta.",
        "Rows of the table that have no place. No analysis counts them.",
    ),
    drop_empty,
    Text("Non sono contati comunque.", "They are not counted anyway."),
)
