"""From classes on a lattice to polygons that tile the commune: no gap, no overlap, edges without stairs."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.geometry
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.features import shapes, sieve

from puc_tool.demo.field import Lattice, Shapes
from puc_tool.demo.places import CRS_CODE

Classes = NDArray[np.int32]

_SLIVER_M2 = 1000.0
_SMOOTHING = 1.6
"""Cells; enough to take the stairs away."""


def patches(classes: Classes, lattice: Lattice, within: shapely.Geometry, smallest_cells: int) -> GeoDataFrame:
    """Return one row per connected patch of a class, cut by ``within``.

    Parameters
    ----------
    classes : a whole number per cell of ``lattice``
    lattice : covers ``within``, in metres of EPSG:7791
    within : the polygon to tile
    smallest_cells : patches of fewer cells go to their largest neighbour; a cut may leave less

    Returns
    -------
    GeoDataFrame
        ``value`` and ``geometry``, by value. The outlines are simplified together (GEOS coverage simplification)
        and noded once with the edge of ``within``, so that neighbours share every vertex; slivers that the cut
        leaves go to the neighbour with the longest common edge.
    """
    values, faces = _without_slivers(*_faces(sieve(classes, smallest_cells), lattice, within))
    order = np.lexsort((*shapely.bounds(faces).T[:2], values))
    return _frame(values[order], faces[order])


def regions(classes: Classes, lattice: Lattice, within: shapely.Geometry) -> GeoDataFrame:
    """Return one row per class, its patches together, cut by ``within``; for the rest as `patches`."""
    values, faces = _faces(classes, lattice, within)
    different = np.unique(values)
    together = [shapely.coverage_union_all(faces[values == value]) for value in different]
    return _frame(different, np.array(together))


def _frame(values: Classes, polygons: Shapes) -> GeoDataFrame:
    return GeoDataFrame({"value": values}, geometry=polygons, crs=CRS.from_epsg(CRS_CODE))


def _faces(classes: Classes, lattice: Lattice, within: shapely.Geometry) -> tuple[Classes, Shapes]:
    """Return the polygons between the classes' edges and the edge of ``within``, and the class of each."""
    values, outlines = _outlines(classes, lattice)
    edges = shapely.union_all([*shapely.boundary(outlines), within.boundary])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    inner = shapely.point_on_surface(faces)
    shapely.prepare(within)
    inside = shapely.contains(within, inner)
    face, outline = shapely.STRtree(outlines).query(inner[inside], predicate="within")
    return values[outline[np.argsort(face, kind="stable")]], faces[inside]


def _without_slivers(values: Classes, faces: Shapes) -> tuple[Classes, Shapes]:
    faces, stays = faces.copy(), np.ones(faces.size, bool)
    for sliver in np.flatnonzero(shapely.area(faces) < _SLIVER_M2):
        shared_m = shapely.length(shapely.intersection(faces, faces[sliver])) * stays
        shared_m[sliver] = 0.0
        neighbour = int(np.argmax(shared_m))
        # An islet, or what hangs on by a corner, stays what it is.
        if shared_m[neighbour] > 0:
            faces[neighbour] = shapely.coverage_union_all([faces[neighbour], faces[sliver]])
            stays[sliver] = False
    return values[stays], faces[stays]


def _outlines(classes: Classes, lattice: Lattice) -> tuple[Classes, Shapes]:
    found = list(shapes(classes, transform=lattice.transform))
    values = np.array([value for _, value in found], dtype=np.int32)
    outlines = np.array([shapely.geometry.shape(outline) for outline, _ in found])
    # The rim of the lattice stays: drawn in, it would leave ground uncovered.
    return values, shapely.coverage_simplify(outlines, _SMOOTHING * lattice.cell_m, simplify_boundary=False)
