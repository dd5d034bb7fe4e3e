"""Constraints of the demonstration city: strips along coast, streams, rails and port, protected hills, forts, paths.

Kinds and norms are those of `constraint_kinds.csv`, a norm that was not read at its source marked so; where each
constraint lies follows from the made-up city.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses.constraint_kinds import KINDS
from puc_tool.demo.field import Field
from puc_tool.demo.levels import region
from puc_tool.demo.military import military
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CENTRE, CRS_CODE, FORTS, QUAYS, SPOTS, Path, Point
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Water
from puc_tool.demo.water import coastline, open_streams

_MAJOR_KM2 = 5.0
_TUNNELS_ABOVE_M = 45.0
_TRAMONTI = ("Q16", "Q18", "Q40")
_CEMETERIES: Path = ((566900, 4886350), (569350, 4884750))
_SOURCE = f"{MADE_UP}: posizione inventata o ricavata dalla città inventata"


@dataclass(frozen=True)
class Constraint:
    """A constraint's kind in `constraint_kinds.csv`, its name and where it lies."""

    kind: str
    name: str
    where: shapely.Geometry


def constraints(stage: Setting, water: Water) -> GeoDataFrame:
    """Return ``kind``, ``name``, ``source``, ``norm`` and polygons, lines and points within the commune."""
    laid = [
        Constraint(each.kind, each.name, shapely.intersection(each.where, stage.ground.commune))
        for each in (*_strips(stage, water), *_areas(stage), *_heritage(stage))
    ]
    there = [each for each in laid if not each.where.is_empty]
    columns = {
        "kind": [each.kind for each in there],
        "name": [each.name for each in there],
        "source": _SOURCE,
        "norm": [KINDS[each.kind].norm.it for each in there],
    }
    return GeoDataFrame(columns, geometry=[each.where for each in there], crs=CRS.from_epsg(CRS_CODE))


def _strips(stage: Setting, water: Water) -> Iterator[Constraint]:
    """Yield what is measured from a line: coast, streams, railways, motorway, quays."""
    shore = shapely.union_all(coastline(stage.ground).geometry.to_numpy())
    yield Constraint("coast_300", "Fascia costiera di 300 m", shore.buffer(300))
    flowing = shapely.union_all(open_streams(stage, water))
    yield Constraint("river_10", "Fascia di 10 m dai corsi d'acqua a cielo aperto", flowing.buffer(10))
    major = shapely.union_all([each.line for each in water.streams if each.upstream_km2[-1] > _MAJOR_KM2])
    yield Constraint("river_150", "Fascia di 150 m dai corsi d'acqua maggiori", major.buffer(150))
    low = Field(-stage.heights.values, stage.heights.lattice)
    rails = shapely.intersection(stage.ways.railways, region(low, -_TUNNELS_ABOVE_M))
    yield Constraint("railway_30", "Fascia di 30 m dalla ferrovia all'aperto", rails.buffer(30))
    yield Constraint("noise", "Fascia acustica del raccordo autostradale", stage.ways.motorway.buffer(100))
    harbour = shapely.union_all([_round(at, radius) for at, radius in QUAYS])
    yield Constraint("port_strip", "Fascia di rispetto del porto", stage.ground.gulf_shore.buffer(250) & harbour)


def _areas(stage: Setting) -> Iterator[Constraint]:
    """Yield protected and reserved areas."""
    tramonti = shapely.union_all(stage.hoods.geometry[stage.hoods["code"].isin(_TRAMONTI)].to_numpy())
    yield Constraint("landscape", "Versanti di Tramonti", tramonti)
    yield Constraint("protected_area", "Fascia naturale sul mare aperto", stage.ground.open_shore.buffer(1200))
    areas = military(stage)
    for name, where in zip(areas["name"], areas.geometry, strict=True):
        yield Constraint("military", name, where)
    parks = shapely.union_all([_round(spot.at, spot.radius_m) for spot in SPOTS if spot.kind == "park"])
    yield Constraint("park", "Rete dei parchi", parks)
    for number, at in enumerate(_CEMETERIES, 1):
        yield Constraint("cemetery", f"Fascia del cimitero {number}", _round(at, 200))


def _heritage(stage: Setting) -> Iterator[Constraint]:
    """Yield old town, hill forts, footpaths and the bathing shore."""
    yield Constraint("archaeology", "Area di interesse archeologico del centro", _round(CENTRE, 180))
    for number, at in enumerate(FORTS, 1):
        yield Constraint("fort", f"Forte {number}", shapely.Point(at))
    for number, path in enumerate(shapely.get_parts(shapely.line_merge(stage.ways.tracks)), 1):
        yield Constraint("path", f"Sentiero {number}", path)
    yield Constraint("bathing", "Acque di balneazione sul mare aperto", stage.ground.open_shore.buffer(200))


def _round(at: Point, radius_m: float) -> shapely.Geometry:
    return shapely.Point(at).buffer(radius_m)
