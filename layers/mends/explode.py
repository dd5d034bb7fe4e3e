"""Geometry collections are taken apart: of each, the parts that the role takes stay, together, in its one feature."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame

from layers.geometry_kinds import has_geometry
from layers.mends.mend import Context, Mend, Outcome, with_geometry
from layers.mends.settings import Values
from layers.spec import Shape
from layers.text import Text, number, say
from layers.union import union_of_parts

_COLLECTION = 7
_DIMENSION_OF = {Shape.POINT: 0, Shape.LINE: 1, Shape.POLYGON: 2}


def explode(layer: GeoDataFrame, context: Context, values: Values) -> Outcome:
    """Return ``layer`` with the fit part of every collection; where a role takes several kinds, the widest there is.

    A collection without any fit part stays as it is.
    """
    geometry = layer.geometry.to_numpy()
    rows = np.flatnonzero((shapely.get_type_id(geometry) == _COLLECTION) & has_geometry(layer))
    wanted = [_DIMENSION_OF[shape] for shape in context.role.shapes if shape in _DIMENSION_OF]
    fit = [_fit_part(geometry[row], wanted) for row in rows]
    kept = np.array([each is not None for each in fit], dtype=bool)
    parts = np.array([each for each in fit if each is not None], dtype=object)
    left = (_unfit(int((~kept).sum())),) if not kept.all() else ()
    area_m2 = float(shapely.area(parts).sum())
    return Outcome(with_geometry(layer, rows[kept], parts), layer.index[rows[kept]], area_m2, left)


def _fit_part(collection: shapely.Geometry, wanted: list[int]) -> shapely.Geometry | None:
    parts = _flat(collection)
    found = [dimension for dimension in shapely.get_dimensions(parts) if dimension in wanted]
    if not found:
        return None
    fit = parts[shapely.get_dimensions(parts) == max(found)]
    return fit[0] if len(fit) == 1 else _together(fit, max(found))


def _together(parts: np.ndarray, dimension: int) -> shapely.Geometry:
    make = (shapely.multipoints, shapely.multilinestrings)
    return union_of_parts(shapely.make_valid(parts)) if dimension == 2 else make[dimension](parts)


def _flat(geometry: shapely.Geometry) -> np.ndarray:
    """Return the simple parts of a collection that may hold collections."""
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) >= _COLLECTION - 3).any():
        parts = shapely.get_parts(parts)
    return parts[~shapely.is_empty(parts)]


def _unfit(count: int) -> Text:
    return say(
        "Raccolte senza alcuna parte che serva al ruolo, rimaste com'erano: {n}.",
        "Collections without any part the role takes, left as they were: {n}.",
        n=number(count),
    )


EXPLODE = Mend(
    "explode",
    Text("Scompone le raccolte di geometrie", "Takes geometry collections apart"),
    Text(
        "Di una raccolta (poligoni, linee e punti insieme) resta la parte che serve al ruolo, in un elemento solo.",
        "Of a collection (polygons, lines and points together) the part the role takes stays, in one feature.",
    ),
    explode,
    Text("Senza, quegli elementi non sono contati.", "Without it those features are not counted."),
)
