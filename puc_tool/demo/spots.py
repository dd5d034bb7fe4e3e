"""Areas that streets go around, as polygons: parks, quarries, military ground, quays, the railway's bed."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from puc_tool.demo.chance import noise, stream
from puc_tool.demo.districts import bare_ground
from puc_tool.demo.field import Field, Shapes
from puc_tool.demo.military import military
from puc_tool.demo.outlines import blob
from puc_tool.demo.places import CRS_CODE, JUNCTIONS, QUAYS, SPOTS, YARDS
from puc_tool.demo.setting import Setting

_QUAY_DEPTH_M = 135.0
_TUNNELS_ABOVE_M = 45.0
_PIECE_M = 25.0


def spots(stage: Setting) -> GeoDataFrame:
    """Return ``kind`` and polygons within the commune, in the order of `SPOTS`."""
    wobble = noise(stream(stage.seed, "spots"), 130, 2)
    areas = [blob(spot.at, spot.radius_m, wobble) & stage.ground.commune for spot in SPOTS]
    return GeoDataFrame({"kind": [spot.kind for spot in SPOTS]}, geometry=areas, crs=CRS.from_epsg(CRS_CODE))


def quays(stage: Setting) -> shapely.Geometry:
    """Return a strip along the shore, within the harbour's parts."""
    harbour = shapely.union_all([shapely.Point(at).buffer(radius) for at, radius in QUAYS])
    return stage.ground.gulf_shore.buffer(_QUAY_DEPTH_M) & harbour & stage.ground.commune


def closed_ground(stage: Setting) -> shapely.Geometry:
    """Return where no small street is laid: the spots, military areas, quays and districts still bare."""
    areas = [*spots(stage).geometry, *military(stage).geometry, quays(stage), bare_ground(stage)]
    return shapely.union_all(areas)


def open_railway(stage: Setting, heights: Field) -> shapely.Geometry:
    """Return the bed of the line and the station yards; under the hills it is in tunnel, and takes no ground."""
    pieces = np.concatenate([_pieces(line) for line in shapely.get_parts(stage.ways.railways)])
    low = heights.at(*shapely.get_coordinates(shapely.centroid(pieces)).T) < _TUNNELS_ABOVE_M
    yards = shapely.multilinestrings([shapely.LineString(path) for path in YARDS]).buffer(48, 4)
    return shapely.union_all([*shapely.buffer(pieces[low], 9.0, quad_segs=1), yards])


def junctions() -> shapely.Geometry:
    """Return the rings of slip roads, and the discs in their middle."""
    middles = shapely.multipoints(np.array(JUNCTIONS))
    return (middles.buffer(78) - middles.buffer(64)) | middles.buffer(22)


def _pieces(line: shapely.Geometry) -> Shapes:
    path = shapely.get_coordinates(shapely.segmentize(line, _PIECE_M))
    return shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1))
