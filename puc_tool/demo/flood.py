"""Made-up flood hazard: nested bands along the larger streams, cut to the areas of published totals or a guess.

A place is the likelier flooded the nearer it is to a stream and the less it lies above its bed, both measured by
the size of the stream. Classes and words are those of the national mosaic (`pgra_flood.csv`), whose scenarios are
nested: what frequent floods reach, rare ones reach as well.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.codelist import rows
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.levels import level_for, region
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Water
from puc_tool.demo.surface import blurred

AREAS_M2 = {"P1": 3_200_000.0, "P2": 2_138_000.0, "P3": 1_300_000.0}
"""In the commune. That of P2 is La Spezia's in IdroGEO (ISPRA, 2021), what the demonstration is calibrated on; the
others are made up."""
_CELL_M = 25.0
_LEAST_KM2 = 0.6
_WIDTH_M, _DEPTH_M = 60.0, 2.5
_SMALLEST_M2 = 3000.0
_PIECE_M = 60.0
_SOURCE = f"{MADE_UP}: fascia inventata lungo i corsi d'acqua inventati"


def flood_hazard(stage: Setting, water: Water) -> GeoDataFrame:
    """Return ``class`` (P1, P2, P3), ``scenario``, ``source`` and polygons in the commune, the rarest and widest first.

    P1 holds P2 and P2 holds P3. Each band is one row; its area is that of `AREAS_M2`.
    """
    reach = _reach(stage, water)
    within = stage.ground.commune
    bands: list[shapely.Geometry] = []
    for area_m2 in AREAS_M2.values():
        within = _without_specks(_band(reach, within, area_m2)) if not bands else _band(reach, within, area_m2)
        bands.append(within)
    words = {row["code"]: row["raw_value"] for row in rows("pgra_flood") if row["scheme"] == "PGRA_ISPRA"}
    columns = {"class": list(AREAS_M2), "scenario": [words[code] for code in AREAS_M2], "source": _SOURCE}
    return GeoDataFrame(columns, geometry=bands, crs=CRS.from_epsg(CRS_CODE))


def _band(reach: Field, within: shapely.Geometry, area_m2: float) -> shapely.Geometry:
    """Return the part of ``within`` that floods first, of a given area."""

    def flooded(level: float) -> shapely.Geometry:
        return shapely.intersection(region(reach, level), within)

    return flooded(level_for(lambda level: float(shapely.area(flooded(level))), area_m2, -6.0, 0.0))


def _without_specks(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[shapely.area(parts) > _SMALLEST_M2])


def _reach(stage: Setting, water: Water) -> Field:
    """Return how soon each place floods: 0 in a stream, the less the farther from it and the higher above it."""
    lattice = lattice_over(stage.ground.commune.bounds, _CELL_M)
    high = Field(water.ways.filled, water.ways.lattice)
    pieces, km2 = _pieces(water)
    nearest, away_m = _nearest(pieces, lattice)
    bed = high.at(*shapely.get_coordinates(shapely.line_interpolate_point(pieces, 0.5, normalized=True)).T)
    size = np.sqrt(km2)[nearest]
    above_m = np.maximum(high.on(lattice).values - bed[nearest], 0)
    rough = noise(stream(stage.seed, "flood"), 350, 4).at(*lattice.centres())
    sooner: Floats = -(away_m / (_WIDTH_M * size) + above_m / (_DEPTH_M * np.sqrt(size))) * (1 + 0.7 * rough)
    return Field(blurred(blurred(sooner, 1), 1), lattice)


def _pieces(water: Water) -> tuple[np.ndarray, Floats]:
    """Return the larger streams in short pieces, and the land (km²) that drains through each."""
    pieces, km2 = [], []
    for flowing in water.streams:
        steps = max(1, round(shapely.length(flowing.line) / _PIECE_M))
        cuts = np.linspace(0, 1, steps + 1)
        along = shapely.line_interpolate_point(flowing.line, cuts, normalized=True)
        path = shapely.get_coordinates(along)
        pieces.append(shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1)))
        vertices = shapely.points(shapely.get_coordinates(flowing.line))
        known = shapely.line_locate_point(flowing.line, vertices, normalized=True)
        km2.append(np.interp(cuts[1:], known, flowing.upstream_km2))
    large = np.concatenate(km2) > _LEAST_KM2
    return np.concatenate(pieces)[large], np.concatenate(km2)[large]


def _nearest(pieces: np.ndarray, lattice: Lattice) -> tuple[np.ndarray, Floats]:
    """Return for each cell which piece is nearest, and how far (m)."""
    x, y = lattice.centres()
    (asked, found), metres = shapely.STRtree(pieces).query_nearest(
        shapely.points(x.ravel(), y.ravel()), return_distance=True, all_matches=False
    )
    nearest, away_m = np.empty(x.size, np.int64), np.empty(x.size)
    nearest[asked], away_m[asked] = found, metres
    return nearest.reshape(lattice.shape), away_m.reshape(lattice.shape)
