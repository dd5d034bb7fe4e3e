"""Coordinates are brought into the study's CRS; the receipt keeps PROJ's operation and how well it is known."""

from __future__ import annotations

import numpy as np
from geopandas import GeoDataFrame

from layers import crs as coordinate_systems
from layers import rome_datum
from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Mend, Outcome, area_of
from layers.mends.settings import Values
from layers.text import Text, number, say


def reproject(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` in the study's CRS. Raises PucError if no operation is known there."""
    if layer.crs == context.ground.crs:
        return Outcome(layer)
    there = np.flatnonzero(has_geometry(layer))
    if not len(there):
        return Outcome(layer.set_crs(context.ground.crs, allow_override=True))
    doubts = rome_datum.doubts(layer, context.role, context.ground.crs)
    moved, operation = coordinate_systems.reproject(layer, context.ground.crs, context.ground.grids)
    extent = say("Elementi: {n}.", "Features: {n}.", n=number(len(there)))
    told = (*doubts, *coordinate_systems.remarks(operation, context.role.title, extent))
    details = {} if operation is None else operation.as_json()
    return Outcome(moved, layer.index[there], area_of(moved) or 0.0, (), told, details=details)


REPROJECT = Mend(
    "reproject",
    Text("Porta nel sistema di riferimento dello studio", "Brings it into the study's CRS"),
    Text(
        "Una copia rimediata è sempre nel sistema dello studio: tolleranze in metri, superfici in metri quadrati.",
        "A mended copy is always in the study's CRS: tolerances in metres, areas in square metres.",
    ),
    reproject,
    Text(
        "È la stessa operazione che ogni analisi farebbe leggendo l'originale.",
        "It is the operation every analysis would do on reading the original.",
    ),
)
